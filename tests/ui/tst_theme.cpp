#include "ui/Theme.h"

#include <QApplication>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

/// Contrast of two colours, 1 to 21. Source: WCAG 2.1, "relative luminance" and "contrast ratio".
double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](float channel) {
            return channel <= 0.03928F ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesLightAndDark();
    void choosingTheSameAgainDisturbsNobody();
    void systemIsWhatTheSystemWas();
    void wordsForTheSettingsComeBack();
    void unknownWordsMeanSystem();
    void textCanBeReadInBoth_data();
    void textCanBeReadInBoth();
    void blendIsBetween();
};

void TestTheme::choosesLightAndDark()
{
    Theme theme;
    theme.choose(Theme::Choice::Dark);
    QVERIFY(Theme::isDark(QGuiApplication::palette()));
    QCOMPARE(theme.choice(), Theme::Choice::Dark);
    theme.choose(Theme::Choice::Light);
    QVERIFY(!Theme::isDark(QGuiApplication::palette()));
}

void TestTheme::choosingTheSameAgainDisturbsNobody()
{
    Theme theme;
    theme.choose(Theme::Choice::Dark);
    QWidget widget;
    widget.ensurePolished();
    const qint64 before = widget.palette().cacheKey();
    theme.choose(Theme::Choice::Dark);
    QCOMPARE(widget.palette().cacheKey(), before);
}

void TestTheme::systemIsWhatTheSystemWas()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QSKIP("From Qt 6.5 on the system says so itself.");
#else
    QPalette night;
    night.setColor(QPalette::Window, Qt::black);
    night.setColor(QPalette::WindowText, Qt::white);
    QPalette day;
    day.setColor(QPalette::Window, Qt::white);
    day.setColor(QPalette::WindowText, Qt::black);
    for (const QPalette &system : {night, day}) {
        QApplication::setPalette(system);
        Theme theme;
        const bool dark = Theme::isDark(system);
        QCOMPARE(Theme::isDark(QGuiApplication::palette()), dark);
        theme.choose(dark ? Theme::Choice::Light : Theme::Choice::Dark);
        theme.choose(Theme::Choice::System);
        QCOMPARE(Theme::isDark(QGuiApplication::palette()), dark);
    }
#endif
}

void TestTheme::wordsForTheSettingsComeBack()
{
    for (const auto choice : {Theme::Choice::System, Theme::Choice::Light, Theme::Choice::Dark})
        QCOMPARE(Theme::fromString(Theme::toString(choice)), choice);
}

void TestTheme::unknownWordsMeanSystem()
{
    QCOMPARE(Theme::fromString(u"purple"), Theme::Choice::System);
    QCOMPARE(Theme::fromString({}), Theme::Choice::System);
}

void TestTheme::textCanBeReadInBoth_data()
{
    QTest::addColumn<Theme::Choice>("choice");
    QTest::newRow("light") << Theme::Choice::Light;
    QTest::newRow("dark") << Theme::Choice::Dark;
}

// WCAG 2.1: 4.5 for text (1.4.3), 3 for what must be told apart to understand a picture (1.4.11).
void TestTheme::textCanBeReadInBoth()
{
    QFETCH(const Theme::Choice, choice);
    Theme theme;
    theme.choose(choice);
    const QPalette palette = QGuiApplication::palette();
    const auto of = [&palette](QPalette::ColorRole one, QPalette::ColorRole other) {
        return contrast(palette.color(one), palette.color(other));
    };
    QVERIFY(of(QPalette::WindowText, QPalette::Window) > 7);
    QVERIFY(of(QPalette::Text, QPalette::Base) > 7);
    QVERIFY(of(QPalette::Text, QPalette::AlternateBase) > 7);
    QVERIFY(of(QPalette::ButtonText, QPalette::Button) > 4.5);
    QVERIFY(of(QPalette::PlaceholderText, QPalette::Window) > 4.5);
    QVERIFY(of(QPalette::PlaceholderText, QPalette::Base) > 4.5);
    QVERIFY(of(QPalette::Link, QPalette::Window) > 4.5);
    QVERIFY(of(QPalette::HighlightedText, QPalette::Highlight) > 4.5);
    QVERIFY(of(QPalette::ToolTipText, QPalette::ToolTipBase) > 4.5);
    QVERIFY(of(QPalette::Highlight, QPalette::Base) > 3); // living cells
    QVERIFY(of(QPalette::BrightText, QPalette::Window) > 3);
}

void TestTheme::blendIsBetween()
{
    QCOMPARE(Theme::blend(Qt::black, Qt::white, 0), QColor(Qt::black));
    QCOMPARE(Theme::blend(Qt::black, Qt::white, 1), QColor(Qt::white));
    QCOMPARE(Theme::blend(Qt::black, Qt::white, 0.2), QColor(51, 51, 51));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
