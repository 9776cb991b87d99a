#pragma once

#include <QByteArrayView>

#include <algorithm>

namespace conway {

/// Whether bytes are UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF), told at the first byte
/// that cannot be, and in whatever portions they come. QStringDecoder does not tell whether a text ended in the middle
/// of a character.
class Utf8Check
{
public:
    /// False: whatever follows, this is not UTF-8.
    [[nodiscard]] bool take(QByteArrayView bytes)
    {
        return std::ranges::all_of(bytes, [this](char byte) { return take(static_cast<quint8>(byte)); });
    }

    /// Whether a text may end here.
    [[nodiscard]] bool isBetweenCharacters() const { return m_missing == 0; }

private:
    bool take(quint8 byte)
    {
        if (m_missing > 0) {
            if (byte < m_low || byte > m_high)
                return false;
            --m_missing;
            m_low = 0x80;
            m_high = 0xbf;
            return true;
        }
        if (byte < 0x80)
            return true;
        if (byte < 0xc2 || byte > 0xf4)
            return false;
        m_missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        // The second byte rules out overlong forms, surrogates and what is too high.
        m_low = byte == 0xe0 ? 0xa0 : byte == 0xf0 ? 0x90 : 0x80;
        m_high = byte == 0xed ? 0x9f : byte == 0xf4 ? 0x8f : 0xbf;
        return true;
    }

    quint8 m_missing = 0; ///< bytes of the character that are still to come
    quint8 m_low = 0x80;  ///< what the next of them may be
    quint8 m_high = 0xbf;
};

} // namespace conway
