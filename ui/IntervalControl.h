#pragma once

#include <QTimer>
#include <QWidget>

#include <optional>

class QSlider;

namespace conway {

/// Sets the tick interval: a slider for the hand and a box for the exact number.
///
/// A wish goes out when a number is finished, a step is made or the slider is let go, not with every key or pixel. What
/// the engine says meanwhile is shown as soon as it does not disturb: never while somebody types or drags, and right
/// after a wish only once the engine has had time to fulfil it.
class IntervalControl : public QWidget
{
    Q_OBJECT

public:
    explicit IntervalControl(QWidget *parent = nullptr);

    /// What the engine runs at.
    void setInterval(int milliseconds);
    /// What it last was.
    [[nodiscard]] int interval() const { return m_actual; }

Q_SIGNALS:
    void intervalWanted(int milliseconds);

private:
    class MillisecondsBox;

    void want(int milliseconds);
    void showInterval(int milliseconds);
    void settle();
    [[nodiscard]] bool inUse() const;

    QSlider *m_slider;
    MillisecondsBox *m_box;
    int m_actual;
    std::optional<int> m_wanted;
    QTimer m_patience; ///< how long the engine is given to follow a wish
};

} // namespace conway
