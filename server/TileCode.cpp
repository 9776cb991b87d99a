#include "server/TileCode.h"

#include <QtEndian>

#include <array>
#include <bit>
#include <span>

namespace conway {

namespace {

using Word = TileValues::Word;

constexpr int kMaxValues = 128 * 128;
constexpr int kMaxRice = 15;

/// The values that are not 0, each with the number of zeros before it; the closing one at last.
class GapList
{
public:
    explicit GapList(const TileValues &values) // NOLINT(cppcoreguidelines-pro-type-member-init): see below
    {
        int next = 0; // the place after the last value found
        for (int y = 0; y < values.rows(); ++y) {
            for (int i = 0; i < values.wordsPerRow(); ++i) {
                const int place = y * values.columns() + i * (CellGrid::kWordBits / values.bitsPerValue());
                next = values.bitsPerValue() == 1 ? addCells(values.row(y)[i], place, next)
                                                  : addDensities(values.row(y)[i], place, next);
            }
        }
        add(values.columns() * values.rows() - next, 0);
    }

    [[nodiscard]] std::size_t count() const { return m_count; } ///< with the closing one
    [[nodiscard]] std::span<const quint16> gaps() const { return std::span(m_gaps).first(m_count); }
    [[nodiscard]] quint8 value(std::size_t index) const { return m_values[index]; }

private:
    void add(int gap, Word value)
    {
        m_gaps[m_count] = static_cast<quint16>(gap);
        m_values[m_count] = static_cast<quint8>(value);
        ++m_count;
    }

    int addCells(Word word, int place, int next)
    {
        for (; word != 0; word &= word - 1) {
            const int found = place + std::countr_zero(word);
            add(found - next, 1);
            next = found + 1;
        }
        return next;
    }

    int addDensities(Word word, int place, int next)
    {
        while (word != 0) {
            const int nibble = std::countr_zero(word) / 4;
            add(place + nibble - next, (word >> (4 * nibble)) & 0xfU);
            next = place + nibble + 1;
            word &= ~(Word{0xf} << (4 * nibble));
        }
        return next;
    }

    std::size_t m_count = 0;
    // The first m_count of each; the others would cost more to clear than most tiles to encode.
    std::array<quint16, kMaxValues + 1> m_gaps;
    std::array<quint8, kMaxValues + 1> m_values;
};

qsizetype riceBits(std::span<const quint16> gaps, int r)
{
    quint32 ones = 0;
    for (const quint16 gap : gaps)
        ones += static_cast<quint32>(gap) >> static_cast<unsigned>(r);
    return static_cast<qsizetype>(ones) + static_cast<qsizetype>(gaps.size()) * (1 + r);
}

struct Rice {
    int r;
    qsizetype bits;
};

/// From r to r + 1 each gap gains a bit and loses ceil((g >> r) / 2): the sum falls and then rises, so that a walk
/// downhill ends at the least.
Rice bestRice(std::span<const quint16> gaps, int values)
{
    const auto mean = static_cast<quint32>(values) / static_cast<quint32>(gaps.size());
    Rice best{std::min(static_cast<int>(std::bit_width(mean)), kMaxRice), 0};
    best.bits = riceBits(gaps, best.r);
    for (const int step : {-1, 1}) {
        for (int r = best.r + step; r >= 0 && r <= kMaxRice; r += step) {
            const qsizetype bits = riceBits(gaps, r);
            if (bits >= best.bits)
                break;
            best = {r, bits};
        }
    }
    return best;
}

/// A stream of bits, lowest of a byte first, into memory that is large enough by 8 bytes.
class BitWriter
{
public:
    explicit BitWriter(char *to)
        : m_to(to)
    {
    }

    /// At most 32 bits.
    void write(quint32 bits, int count)
    {
        m_waiting |= Word{bits} << m_count;
        m_count += count;
        if (m_count >= 32) {
            qToLittleEndian(static_cast<quint32>(m_waiting), m_to);
            m_to += 4;
            m_waiting >>= 32U;
            m_count -= 32;
        }
    }

    void writeOnes(quint32 count)
    {
        for (; count >= 32; count -= 32)
            write(~quint32{0}, 32);
        write((quint32{1} << count) - 1, static_cast<int>(count));
    }

    void finish() { qToLittleEndian(m_waiting, m_to); }

private:
    char *m_to;
    Word m_waiting = 0;
    int m_count = 0;
};

QByteArray writeGaps(const GapList &list, const Rice &rice, int valueBits, qsizetype length)
{
    QByteArray bytes(length + 8, Qt::Uninitialized);
    bytes[0] = static_cast<char>(rice.r);
    BitWriter writer(bytes.data() + 1);
    const auto gaps = list.gaps();
    const quint32 lowMask = (quint32{1} << static_cast<unsigned>(rice.r)) - 1;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        const quint32 gap = gaps[i];
        writer.writeOnes(gap >> static_cast<unsigned>(rice.r));
        writer.write((gap & lowMask) << 1U, 1 + rice.r); // the zero, then the low bits
        if (valueBits > 1 && i + 1 < gaps.size())
            writer.write(list.value(i), valueBits);
    }
    writer.finish();
    bytes.truncate(length);
    return bytes;
}

} // namespace

TileCode encodeTile(const TileValues &values)
{
    const GapList list(values);
    if (list.count() == 1)
        return {TileEncoding::Zero, {}};
    const Rice rice = bestRice(list.gaps(), values.columns() * values.rows());
    const qsizetype valueBits = values.bitsPerValue() == 1 ? 0 : 4 * static_cast<qsizetype>(list.count() - 1);
    const qsizetype gapsLength = 1 + (rice.bits + valueBits + 7) / 8;
    const qsizetype rawLength = (qsizetype{values.columns()} * values.bitsPerValue() + 7) / 8 * values.rows();
    if (gapsLength >= rawLength)
        return {TileEncoding::Raw, values.rawForm()};
    return {TileEncoding::Gaps, writeGaps(list, rice, values.bitsPerValue(), gapsLength)};
}

} // namespace conway
