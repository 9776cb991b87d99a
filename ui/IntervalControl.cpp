#include "ui/IntervalControl.h"

#include "core/ConwayEngine.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace conway {

namespace {

constexpr int kSliderSteps = 100;

constexpr double kSpan = static_cast<double>(ConwayEngine::kMaxInterval) / ConwayEngine::kMinInterval;

/// The slider shows speed: fastest at the right end. Its positions are spread evenly over the magnitudes of the
/// interval.
int toInterval(int position)
{
    const double exact = ConwayEngine::kMaxInterval / std::pow(kSpan, static_cast<double>(position) / kSliderSteps);
    // Two digits are enough for a hand.
    const double unit = std::pow(10.0, std::floor(std::log10(exact)) - 1);
    return std::clamp(static_cast<int>(std::lround(exact / unit) * std::lround(unit)), ConwayEngine::kMinInterval,
                      ConwayEngine::kMaxInterval);
}

int toPosition(int interval)
{
    const double speed = static_cast<double>(ConwayEngine::kMaxInterval) / interval;
    return static_cast<int>(std::lround(kSliderSteps * std::log(speed) / std::log(kSpan)));
}

} // namespace

/// A number and nothing else: leaves the space bar to the window, where it starts and stops.
class IntervalControl::MillisecondsBox : public QSpinBox
{
public:
    using QSpinBox::QSpinBox;

    /// Somebody has typed and not finished.
    [[nodiscard]] bool isBeingTyped() const { return hasFocus() && text() != textFromSelf(); }

protected:
    bool event(QEvent *event) override
    {
        const auto *key = dynamic_cast<QKeyEvent *>(event);
        if (key != nullptr && key->type() == QEvent::ShortcutOverride && key->key() == Qt::Key_Space) {
            event->ignore();
            return false;
        }
        return QSpinBox::event(event);
    }

private:
    [[nodiscard]] QString textFromSelf() const { return prefix() + textFromValue(value()) + suffix(); }
};

IntervalControl::IntervalControl(QWidget *parent)
    : QWidget(parent)
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_box(new MillisecondsBox(this))
    , m_actual(ConwayEngine::kDefaultInterval)
{
    m_box->setObjectName("interval"_L1);
    m_box->setRange(ConwayEngine::kMinInterval, ConwayEngine::kMaxInterval);
    m_box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    m_box->setCorrectionMode(QAbstractSpinBox::CorrectToNearestValue);
    m_box->setKeyboardTracking(false);
    m_box->setGroupSeparatorShown(true);
    m_box->setAlignment(Qt::AlignRight);
    m_box->setSuffix(tr(" ms"));
    m_box->setAccessibleName(tr("Tick interval in milliseconds"));
    m_box->setToolTip(
        tr("Time from one generation to the next, %1 to %2 milliseconds")
            .arg(locale().toString(ConwayEngine::kMinInterval), locale().toString(ConwayEngine::kMaxInterval)));
    m_box->setStatusTip(m_box->toolTip());

    m_slider->setObjectName("speed"_L1);
    m_slider->setRange(0, kSliderSteps);
    m_slider->setPageStep(kSliderSteps / 10);
    m_slider->setMinimumWidth(100);
    m_slider->setAccessibleName(tr("Speed"));
    m_slider->setToolTip(tr("Speed: slower to the left, faster to the right"));
    m_slider->setStatusTip(m_slider->toolTip());

    auto *label = new QLabel(tr("Tick &interval"), this);
    label->setBuddy(m_box);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(label);
    layout->addWidget(m_box);
    layout->addWidget(m_slider);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);

    m_patience.setSingleShot(true);
    m_patience.setInterval(1s);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_wanted.reset();
        settle();
    });
    connect(m_box, &QSpinBox::valueChanged, this, &IntervalControl::want);
    connect(m_box, &QSpinBox::editingFinished, this, &IntervalControl::settle);
    connect(m_slider, &QSlider::sliderMoved, this, [this](int position) {
        const QSignalBlocker quiet(m_box);
        m_box->setValue(toInterval(position));
    });
    connect(m_slider, &QSlider::sliderReleased, this, [this] {
        if (m_box->value() != m_actual) // else it was only touched
            want(m_box->value());
    });
    connect(m_slider, &QSlider::valueChanged, this, [this](int position) {
        if (!m_slider->isSliderDown()) // a key, the wheel or a click beside the handle
            want(toInterval(position));
    });
    showInterval(m_actual);
}

void IntervalControl::setInterval(int milliseconds)
{
    m_actual = milliseconds;
    if (m_wanted == milliseconds)
        m_wanted.reset();
    settle();
}

void IntervalControl::want(int milliseconds)
{
    m_wanted = milliseconds;
    m_patience.start();
    showInterval(milliseconds);
    Q_EMIT intervalWanted(milliseconds);
}

void IntervalControl::settle()
{
    if (!m_wanted && !inUse())
        showInterval(m_actual);
}

bool IntervalControl::inUse() const
{
    return m_slider->isSliderDown() || m_box->isBeingTyped();
}

void IntervalControl::showInterval(int milliseconds)
{
    const QSignalBlocker quietBox(m_box);
    const QSignalBlocker quietSlider(m_slider);
    m_box->setValue(milliseconds);
    // Several intervals share a position: the handle stays where the hand left it.
    if (toInterval(m_slider->value()) != milliseconds)
        m_slider->setValue(toPosition(milliseconds));
}

} // namespace conway

#include "moc_IntervalControl.cpp"
