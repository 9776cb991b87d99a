#include "app/ErrorStream.h"

#include <cstdio>

namespace conway {

void writeToErrorStream(QByteArray line)
{
    // No way here to ask a console or an anonymous pipe whether it would wait. Started by a double-click the program
    // has neither, and this does nothing.
    std::fputs(line.constData(), stderr);
}

void secureStandardStreams()
{
    // Windows gives no one else's number to a stream, and has no signal for a pipe without a reader.
}

} // namespace conway
