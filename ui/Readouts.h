#pragma once

#include <QString>
#include <QWidget>

#include <array>

class QHelpEvent;

namespace conway {

/// Figures side by side, each with a caption. Made for figures that change with every generation: a figure keeps the
/// room that it once needed, so its neighbours stand still, and a change costs one repaint and no new layout. Where
/// there is not room for all, the least important ones are left out.
class Readouts : public QWidget
{
    Q_OBJECT

public:
    /// From left to right.
    enum Figure { Generation, Population, Births, Deaths, Rate, Rule, Size, kFigures };

    explicit Readouts(QWidget *parent = nullptr);

    void set(Figure figure, const QString &value);
    [[nodiscard]] QString value(Figure figure) const { return m_slots[figure].value; }
    [[nodiscard]] bool fits(Figure figure) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Slot {
        QString caption;
        QString tip;
        QString value;
        int captionWidth = 0;
        int valueWidth = 0; ///< the widest yet
    };

    [[nodiscard]] QFont valueFont() const;
    void showTip(const QHelpEvent &help);
    void measure();
    [[nodiscard]] int widthOf(Figure figure) const;
    [[nodiscard]] int heightForText() const;
    [[nodiscard]] std::array<bool, kFigures> shown() const;
    /// Calls visit(figure, left edge) for those shown.
    template <class Visitor>
    void forEachShown(Visitor visit) const;

    std::array<Slot, kFigures> m_slots;
};

} // namespace conway
