#pragma once

#include <QByteArray>
#include <QString>

namespace conway {

/// A name or comment as one line of a pattern file, in UTF-8: line breaks and control characters become blanks, which
/// would end the line, or make a reader take the file for no text at all.
[[nodiscard]] inline QByteArray lineOf(const QString &text)
{
    QByteArray line = text.toUtf8();
    for (char &c : line) {
        if (static_cast<uchar>(c) < ' ' && c != '\t')
            c = ' ';
    }
    return line;
}

} // namespace conway
