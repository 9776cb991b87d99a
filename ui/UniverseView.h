#pragma once

#include "core/Frame.h"
#include "ui/CellImage.h"

#include <QTimer>
#include <QWidget>

namespace conway {

/// Where a universe lies in a viewport; all in device pixels.
struct BoardPlace {
    QRect cells;      ///< what the cells cover
    int cellSide = 0; ///< of a cell; 0: many cells share a pixel
    int line = 0;     ///< thickness of grid lines; 0: none. A line takes the left and upper edge of each cell.

    /// As large as fits with `margin` around it, in the middle. From one pixel a cell upwards only whole numbers are
    /// used: every cell is then the same square. Grid lines are left out where they would drown the cells.
    static BoardPlace within(QRect viewport, QSize universe, int margin, bool gridLines, qreal devicePixelRatio);

    friend bool operator==(const BoardPlace &, const BoardPlace &) = default;
};

/// Paints a universe: one image with a pixel a cell, scaled up without smoothing, in the palette's colours (cells in
/// QPalette::Highlight on QPalette::Base). A universe with more cells than the viewport has pixels is painted as
/// density; the image is never larger than the viewport.
///
/// Frames may come as often as they like: painting happens when the display is refreshed and shows the newest.
class UniverseView : public QWidget
{
    Q_OBJECT

public:
    explicit UniverseView(QWidget *parent = nullptr);
    ~UniverseView() override;

    void setFrame(const FramePtr &frame);
    void setGridLines(bool shown);
    [[nodiscard]] bool gridLines() const { return m_gridLines; }

    [[nodiscard]] QSize sizeHint() const override { return {640, 640}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {280, 240}; }

    /// Where the board lies when the widget's upper left corner is the device pixel `origin`.
    [[nodiscard]] BoardPlace place(QPoint origin, qreal devicePixelRatio) const;
    /// Bytes held for painting, besides the frame.
    [[nodiscard]] qsizetype imageBytes() const { return m_image.sizeInBytes(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refreshImage(const BoardPlace &place);
    void paintGridLines(QPainter &painter, const BoardPlace &place) const;
    void describe();

    FramePtr m_frame;
    bool m_gridLines = true;

    QImage m_image;
    FramePtr m_imageFrame; ///< what m_image shows, so that an expose event costs no more than a copy
    CellColours m_imageColours;

    QTimer m_describeTimer; ///< a screen reader is told at most once a second
};

} // namespace conway
