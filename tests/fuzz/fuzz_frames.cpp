#include "server/ClientFrames.h"
#include "tests/fuzz/Require.h"

#include <QList>

// What a client sends under libFuzzer: in whatever portions it comes, the same frames come out of it, each within the
// limits. The first byte of the input says how the rest is cut.

using namespace conway;

namespace {

constexpr qsizetype kMaxMessage = 200; // so that an input reaches it

QList<ClientFrame> framesOf(QByteArrayView bytes, qsizetype portion)
{
    ClientFrames frames(kMaxMessage);
    QList<ClientFrame> all;
    while (!bytes.isEmpty()) {
        QByteArrayView news = bytes.first(std::min(portion, bytes.size()));
        bytes = bytes.sliced(news.size());
        while (auto frame = frames.next(news))
            all += std::move(*frame);
        require(news.isEmpty());
    }
    return all;
}

bool isSame(const ClientFrame &a, const ClientFrame &b)
{
    return a.kind == b.kind && a.payload == b.payload && a.closeCode == b.closeCode;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, std::size_t size)
{
    const QByteArrayView input(data, static_cast<qsizetype>(size));
    if (input.isEmpty())
        return 0;
    const qsizetype portion = 1 + static_cast<uint8_t>(input.front()) % 20;
    const QByteArrayView bytes = input.sliced(1);
    const QList<ClientFrame> whole = framesOf(bytes, bytes.size());
    const QList<ClientFrame> cut = framesOf(bytes, portion);
    require(std::equal(whole.begin(), whole.end(), cut.begin(), cut.end(), isSame));
    for (const ClientFrame &frame : whole) {
        using Kind = ClientFrame::Kind;
        const bool ends = frame.kind == Kind::Close || frame.kind == Kind::Broken;
        require(!ends || &frame == &whole.last());
        const bool isMessage = frame.kind == Kind::Text || frame.kind == Kind::Binary;
        require(frame.payload.size() <= (isMessage ? kMaxMessage : 125));
        require(frame.kind != Kind::Text || QString::fromUtf8(frame.payload).toUtf8().size() <= frame.payload.size());
    }
    return 0;
}
