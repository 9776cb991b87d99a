#include "tests/wire/V2Decoder.h"

#include <QtEndian>

#include <algorithm>
#include <cstdlib>

// The viewer of conway.v2 under libFuzzer: whatever a server sends, it holds a state or says why not. An input is a row
// of messages, each after its length in two bytes.

using namespace conway::wire;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// A check protects most bytes of a tile from being looked at twice; this looks at them without.
void decodeAlone(QByteArrayView message)
{
    if (message.size() < 3)
        return;
    const auto byte = [&](qsizetype at) { return static_cast<quint8>(message[at]); };
    V2Tile tile(1 + byte(0) % 128, 1 + byte(1) % 128, byte(0) < 128);
    if (decodeValues(byte(2), message.sliced(3), tile) == nullptr)
        require(std::all_of(tile.values.begin(), tile.values.end(),
                            [&](quint8 value) { return value <= (tile.isCells ? 1 : 15); }));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, std::size_t size)
{
    QByteArrayView rest(data, static_cast<qsizetype>(size));
    V2Decoder viewer;
    while (rest.size() >= 2) {
        const auto length = std::min<qsizetype>(qFromLittleEndian<quint16>(rest.data()), rest.size() - 2);
        const QByteArrayView message = rest.sliced(2, length);
        rest = rest.sliced(2 + length);
        decodeAlone(message);
        const bool awaited = viewer.awaitsSnapshot();
        switch (viewer.take(message)) {
        case V2Outcome::Applied:
            require(!viewer.awaitsSnapshot() && viewer.reason().isEmpty());
            require(viewer.value(0, 0) <= (viewer.head().level == 0 ? 1 : 15));
            break;
        case V2Outcome::Ignored:
            require(viewer.awaitsSnapshot() == awaited);
            break;
        case V2Outcome::Gap:
        case V2Outcome::Malformed:
            require(viewer.awaitsSnapshot() && !viewer.reason().isEmpty() && viewer.valuesNotZero() == 0);
            break;
        }
    }
    return 0;
}
