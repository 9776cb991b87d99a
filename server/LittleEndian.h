#pragma once

#include <QByteArray>
#include <QtEndian>

namespace conway {

/// Appends an unsigned number as the binary stream writes it, lowest byte first.
template <typename Number>
void append(QByteArray &bytes, Number number)
{
    char ordered[sizeof number];
    qToLittleEndian(number, ordered);
    bytes.append(ordered, sizeof number);
}

} // namespace conway
