#include "tests/bench/load/ServerCells.h"

#include "core/PatternFile.h"
#include "core/Universe.h"
#include "core/UniverseSize.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpSocket>

namespace conway::load {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceMs = 10'000;

Result<QByteArray> fetch(quint16 port, const QByteArray &path)
{
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    socket.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) +
                 "\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (socket.waitForReadyRead(kPatienceMs))
        answer += socket.readAll();
    answer += socket.readAll();
    const qsizetype head = answer.indexOf("\r\n\r\n");
    if (head < 0 || !answer.startsWith("HTTP/1.1 200"))
        return Error{
            u"%1: %2"_s.arg(QString::fromLatin1(path), QString::fromLatin1(answer.left(answer.indexOf('\r'))))};
    return answer.sliced(head + 4);
}

} // namespace

Result<CellGrid> fetchCells(quint16 port)
{
    const auto text = fetch(port, "/api/state.rle");
    if (!text)
        return text.error();
    auto pattern = readPattern(*text, {});
    if (!pattern)
        return pattern.error();
    if (!pattern->bounds)
        return Error{u"/api/state.rle says nothing of the universe's size"_s};
    const Pattern::Bounds bounds = *pattern->bounds;
    const auto plan = planOf(std::move(*pattern), bounds.width, bounds.height, bounds.topology, kDefaultMaxCells);
    if (!plan)
        return plan.error();
    return built(*plan).cells;
}

} // namespace conway::load
