#pragma once

#include <QProxyStyle>

class QStyleOptionHeader;

namespace conway {

/// Qt's Fusion style with more air in tables, bars that lie flat on the window with a hairline below them, and radio
/// buttons that can be seen on a dark ground.
class Style : public QProxyStyle
{
    Q_OBJECT

public:
    /// For QApplication::setStyle(), which owns it then.
    [[nodiscard]] static QStyle *create();

    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                                QStyleHintReturn *returned) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;

private:
    Style();
    void drawHeader(const QStyleOptionHeader &header, QPainter *painter, const QWidget *widget) const;
};

} // namespace conway
