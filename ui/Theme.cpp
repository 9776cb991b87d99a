#include "ui/Theme.h"

#include "ui/Style.h"
#include "ui/TitleBars.h"

#include <QApplication>
#include <QStyleHints>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

/// The colours of one look. Everything else in a palette follows from these.
struct Colours {
    QRgb window;
    QRgb base;
    QRgb alternateBase;
    QRgb button;
    QRgb text;
    QRgb mutedText;
    QRgb disabledText;
    QRgb toolTip;
    QRgb toolTipText;
    QRgb accent; ///< selections, and living cells
    QRgb onAccent;
    QRgb link;
    QRgb warning;
    QRgb light; ///< from here on: the shades that Fusion draws edges with, light to dark
    QRgb midlight;
    QRgb mid;
    QRgb dark;
    QRgb shadow;
};

// Text on its ground has a contrast of at least 4.5 to 1 in both (WCAG 2.1, 1.4.3).
constexpr Colours kLight{
    .window = 0xfff3f5f7,
    .base = 0xffffffff,
    .alternateBase = 0xfff7f9fa,
    .button = 0xfff3f5f7,
    .text = 0xff1b2430,
    .mutedText = 0xff5d6976,
    .disabledText = 0xffa3acb6,
    .toolTip = 0xff1b2430,
    .toolTipText = 0xfff3f5f7,
    .accent = 0xff0f766e,
    .onAccent = 0xffffffff,
    .link = 0xff0b6b8a,
    .warning = 0xff8a5a00,
    .light = 0xffffffff,
    .midlight = 0xffe6eaee,
    .mid = 0xffc3cad2,
    .dark = 0xff9aa4b0,
    .shadow = 0xff5b6672,
};

constexpr Colours kDark{
    .window = 0xff1c2128,
    .base = 0xff13171c,
    .alternateBase = 0xff181d23,
    .button = 0xff272e37,
    .text = 0xffe3e8ee,
    .mutedText = 0xff95a1ae,
    .disabledText = 0xff5f6a76,
    .toolTip = 0xff2d3641,
    .toolTipText = 0xffe3e8ee,
    .accent = 0xff34bfae,
    .onAccent = 0xff04211d,
    .link = 0xff6cc7ee,
    .warning = 0xfff0c36d,
    .light = 0xff3a444f,
    .midlight = 0xff2f3842,
    .mid = 0xff262d35,
    .dark = 0xff0f1317,
    .shadow = 0xff090b0e,
};

QPalette palette(const Colours &colours)
{
    QPalette result;
    const auto set = [&result](QPalette::ColorRole role, QRgb colour) {
        result.setColor(QPalette::All, role, QColor(colour));
    };
    set(QPalette::Window, colours.window);
    set(QPalette::WindowText, colours.text);
    set(QPalette::Base, colours.base);
    set(QPalette::AlternateBase, colours.alternateBase);
    set(QPalette::Text, colours.text);
    set(QPalette::PlaceholderText, colours.mutedText);
    set(QPalette::Button, colours.button);
    set(QPalette::ButtonText, colours.text);
    set(QPalette::BrightText, colours.warning);
    set(QPalette::ToolTipBase, colours.toolTip);
    set(QPalette::ToolTipText, colours.toolTipText);
    set(QPalette::Highlight, colours.accent);
    set(QPalette::HighlightedText, colours.onAccent);
    set(QPalette::Link, colours.link);
    set(QPalette::LinkVisited, colours.link);
    set(QPalette::Light, colours.light);
    set(QPalette::Midlight, colours.midlight);
    set(QPalette::Mid, colours.mid);
    set(QPalette::Dark, colours.dark);
    set(QPalette::Shadow, colours.shadow);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    set(QPalette::Accent, colours.accent);
#endif
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        result.setColor(QPalette::Disabled, role, QColor(colours.disabledText));
    result.setColor(QPalette::Disabled, QPalette::Highlight, QColor(colours.mid));
    return result;
}

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_systemWasDark(isDark(QGuiApplication::palette()))
{
    if (qobject_cast<Style *>(QApplication::style()) == nullptr)
        QApplication::setStyle(Style::create()); // the application owns it
    keepTitleBarsInTone(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::apply);
#endif
    apply();
}

void Theme::choose(Choice choice)
{
    m_choice = choice;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    // The palette is ours; this is for what the system draws: title bars.
    QGuiApplication::styleHints()->setColorScheme(choice == Choice::Light  ? Qt::ColorScheme::Light
                                                  : choice == Choice::Dark ? Qt::ColorScheme::Dark
                                                                           : Qt::ColorScheme::Unknown);
#endif
    apply();
}

QString Theme::toString(Choice choice)
{
    switch (choice) {
    case Choice::Light:
        return u"light"_s;
    case Choice::Dark:
        return u"dark"_s;
    case Choice::System:
        break;
    }
    return u"system"_s;
}

Theme::Choice Theme::fromString(QStringView word)
{
    if (word == "light"_L1)
        return Choice::Light;
    if (word == "dark"_L1)
        return Choice::Dark;
    return Choice::System;
}

bool Theme::isDark(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
}

QColor Theme::blend(const QColor &under, const QColor &over, double share)
{
    const auto mix = [share](int from, int to) { return qRound(from + (to - from) * share); };
    return {mix(under.red(), over.red()), mix(under.green(), over.green()), mix(under.blue(), over.blue())};
}

void Theme::apply()
{
    const QPalette wanted = palette(wantsDark() ? kDark : kLight);
    if (QGuiApplication::palette() != wanted)
        QApplication::setPalette(wanted);
}

bool Theme::wantsDark() const
{
    if (m_choice != Choice::System)
        return m_choice == Choice::Dark;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (const auto scheme = QGuiApplication::styleHints()->colorScheme(); scheme != Qt::ColorScheme::Unknown)
        return scheme == Qt::ColorScheme::Dark;
#endif
    return m_systemWasDark;
}

} // namespace conway

#include "moc_Theme.cpp"
