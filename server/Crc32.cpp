#include "server/Crc32.h"

#include <QtEndian>

#include <array>

namespace conway {

namespace {

constexpr quint32 kPolynomial = 0xEDB88320;
/// Bytes taken at a time: with one table for each, their contributions do not wait for one another.
constexpr int kSlice = 8;

using Table = std::array<quint32, 256>;

/// Table k: what a byte adds to the remainder k bytes after it.
constexpr std::array<Table, kSlice> makeTables()
{
    std::array<Table, kSlice> tables{};
    for (quint32 byte = 0; byte < 256; ++byte) {
        quint32 remainder = byte;
        for (int bit = 0; bit < 8; ++bit)
            remainder = (remainder >> 1U) ^ ((remainder & 1U) != 0 ? kPolynomial : 0);
        tables[0][byte] = remainder;
    }
    for (std::size_t k = 1; k < kSlice; ++k) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const quint32 before = tables[k - 1][byte];
            tables[k][byte] = (before >> 8U) ^ tables[0][before & 0xffU];
        }
    }
    return tables;
}

constexpr std::array<Table, kSlice> kTables = makeTables();

} // namespace

quint32 crc32(QByteArrayView bytes)
{
    quint32 remainder = ~quint32{0};
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    for (; end - at >= kSlice; at += kSlice) {
        const quint64 word = qFromLittleEndian<quint64>(at) ^ remainder;
        remainder = 0;
        for (unsigned i = 0; i < kSlice; ++i)
            remainder ^= kTables[kSlice - 1 - i][(word >> (8 * i)) & 0xffU];
    }
    for (; at != end; ++at)
        remainder = (remainder >> 8U) ^ kTables[0][(remainder ^ static_cast<quint8>(*at)) & 0xffU];
    return ~remainder;
}

} // namespace conway
