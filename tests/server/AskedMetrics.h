#pragma once

#include "tests/server/RawClient.h"
#include "tests/server/ServerFixture.h"

#include <optional>

namespace conway {

/// A number of /metrics, asked for on a connection of its own, which counts as one. Nothing when there is no answer or
/// no such number.
inline std::optional<double> metric(const ServerFixture &fixture, const QByteArray &name)
{
    RawClient client(fixture.port);
    client.send("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(fixture.port) +
                "\r\nConnection: close\r\n\r\n");
    const QByteArray line = '\n' + name + ' ';
    if (!QTest::qWaitFor([&] { return client.isClosed(); }) || !client.received.contains(line))
        return {};
    const qsizetype begin = client.received.indexOf(line) + line.size();
    return client.received.mid(begin, client.received.indexOf('\n', begin) - begin).toDouble();
}

/// How often a limit was reached, as /metrics tells it.
inline double timesReached(const ServerFixture &fixture, const QByteArray &limit)
{
    return metric(fixture, "conway_limit_reached_total{limit=\"" + limit + "\"}").value_or(0);
}

/// How many viewers were dropped for that reason, as /metrics tells it.
inline double viewersCut(const ServerFixture &fixture, const QByteArray &reason)
{
    return metric(fixture, "conway_viewers_cut_total{reason=\"" + reason + "\"}").value_or(0);
}

} // namespace conway
