#pragma once

#include <QByteArray>

namespace conway {

/// Writes a line to stderr without ever waiting for who reads it: a terminal held with Ctrl+S, or the other end of a
/// pipe that reads no more, must not bring the universe to a halt. What does not fit is lost; the log file has it all.
///
/// Lines longer than 4 KiB are cut: no more is sure to fit. Any thread, one at a time.
void writeToErrorStream(QByteArray line);

/// To be called before anything else is opened. A program can be started without the standard streams, or with a pipe
/// that nobody reads: what is written there must then be lost, and not end the program or land in another file.
void secureStandardStreams();

} // namespace conway
