#include "app/ErrorStream.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <climits>
#include <csignal>

namespace conway {

void writeToErrorStream(QByteArray line)
{
    // O_NONBLOCK would be the usual way, but that flag is shared with every process on the same terminal or pipe. A
    // pipe that polls as writable takes PIPE_BUF bytes without blocking (POSIX, write()).
    pollfd stream{STDERR_FILENO, POLLOUT, 0};
    if (poll(&stream, 1, 0) != 1 || (stream.revents & POLLOUT) == 0)
        return;
    if (line.size() > PIPE_BUF) {
        line.truncate(PIPE_BUF - 1);
        line += '\n';
    }
    static_cast<void>(!write(STDERR_FILENO, line.constData(), static_cast<std::size_t>(line.size())));
}

void secureStandardStreams()
{
    std::signal(SIGPIPE, SIG_IGN);
    // open() takes the lowest free number.
    while (true) {
        const int stream = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (stream > STDERR_FILENO)
            close(stream);
        if (stream < 0 || stream > STDERR_FILENO)
            return;
    }
}

} // namespace conway
