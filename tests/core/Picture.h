#pragma once

#include "core/CellGrid.h"

#include <QStringList>

namespace conway {

/// Cells drawn as text, one string a row: 'O' is alive, anything else dead, as in LifeWiki's plaintext format.
inline CellGrid gridOf(const QStringList &rows)
{
    CellGrid cells(static_cast<int>(rows.constFirst().size()), static_cast<int>(rows.size()));
    for (int y = 0; y < cells.height(); ++y) {
        for (int x = 0; x < cells.width(); ++x)
            cells.set(x, y, rows[y][x] == u'O');
    }
    return cells;
}

/// The way back, so that a failing comparison shows what is wrong.
inline QStringList pictureOf(const CellGrid &cells)
{
    QStringList rows;
    for (int y = 0; y < cells.height(); ++y) {
        QString row;
        for (int x = 0; x < cells.width(); ++x)
            row += cells.alive(x, y) ? u'O' : u'.';
        rows.append(row);
    }
    return rows;
}

} // namespace conway
