#include "server/QrSvg.h"

#include <QString>

#include <qrcodegen.hpp>

namespace conway {

QByteArray qrSvg(const QByteArray &text)
{
    constexpr int kQuietZone = 4;
    if (text.size() > kQrBytes) // the library would throw, if at more than these
        return {};
    const auto code = qrcodegen::QrCode::encodeText(text.constData(), qrcodegen::QrCode::Ecc::MEDIUM);
    const int modules = code.getSize();

    QByteArray path;
    for (int y = 0; y < modules; ++y) {
        for (int x = 0; x < modules;) {
            int end = x;
            while (end < modules && code.getModule(end, y))
                ++end;
            if (end > x) {
                const QByteArray length = QByteArray::number(end - x);
                path += 'M' + QByteArray::number(x + kQuietZone) + ' ' + QByteArray::number(y + kQuietZone) + 'h' +
                        length + "v1h-" + length + 'z';
            }
            x = end + 1;
        }
    }
    const QByteArray side = QByteArray::number(modules + 2 * kQuietZone);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + ' ' + side +
           "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h" + side + 'v' + side + "H0z\"/>" +
           "<path fill=\"#000\" d=\"" + path + "\"/></svg>\n";
}

} // namespace conway
