#pragma once

#include "core/PatternFile.h"
#include "tests/core/Picture.h"

namespace conway {

/// Why a file was not read, for QVERIFY2.
inline QByteArray whyNot(const Result<Pattern> &result)
{
    return result ? QByteArray() : result.error().message.toUtf8();
}

/// The cells of a file that can be read, drawn, with a blank between the rows; otherwise why it cannot be.
inline QString drawn(QByteArrayView file)
{
    const auto pattern = readPattern(file);
    return pattern ? pictureOf(pattern->cells).join(u' ') : pattern.error().message;
}

/// A file as the name of a row of test data.
inline QByteArray onOneLine(QByteArray file)
{
    return file.replace('\r', "\\r").replace('\n', "\\n");
}

} // namespace conway
