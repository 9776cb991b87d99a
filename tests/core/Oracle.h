#pragma once

#include "core/LifeKernel.h"
#include "core/Rule.h"

#include <QRandomGenerator>
#include <QString>

#include <vector>

namespace conway {

/// The oracle: the definition of a generation, a byte a cell and one cell at a time. A ring of further cells stands for
/// what lies beyond the edges.
class Oracle
{
public:
    Oracle(const CellGrid &cells, const Rule &rule, Topology topology)
        : m_width(cells.width())
        , m_height(cells.height())
        , m_rule(rule)
        , m_topology(topology)
        , m_alive(at(m_width, m_height) + 1)
    {
        for (int y = 0; y < m_height; ++y) {
            for (int x = 0; x < m_width; ++x)
                m_alive[at(x, y)] = cells.alive(x, y);
        }
    }

    struct Expected {
        CellGrid cells;
        LifeKernel::Counts counts;
        TileSet changed;
    };

    /// The next generation.
    Expected advance()
    {
        lookBeyondTheEdges();
        Expected next{CellGrid(m_width, m_height), {}, TileSet(m_width, m_height)};
        std::vector<quint8> nextAlive(m_alive.size());
        for (int y = 0; y < m_height; ++y) {
            for (int x = 0; x < m_width; ++x) {
                const bool before = m_alive[at(x, y)] != 0;
                const int neighbours = livingNeighbours(x, y);
                const bool after = before ? m_rule.survives(neighbours) : m_rule.births(neighbours);
                nextAlive[at(x, y)] = after;
                if (after)
                    next.cells.set(x, y, true);
                next.counts.population += after ? 1 : 0;
                next.counts.births += after && !before ? 1 : 0;
                next.counts.deaths += before && !after ? 1 : 0;
                if (before != after)
                    next.changed.mark(x / TileSet::kTileSide, y / TileSet::kTileSide);
            }
        }
        m_alive.swap(nextAlive);
        return next;
    }

private:
    /// -1 and the width or height are the ring.
    [[nodiscard]] std::size_t at(int x, int y) const
    {
        return static_cast<std::size_t>(y + 1) * static_cast<std::size_t>(m_width + 2) +
               static_cast<std::size_t>(x + 1);
    }

    void lookBeyondTheEdges()
    {
        for (int x = -1; x <= m_width; ++x) {
            look(x, -1);
            look(x, m_height);
        }
        for (int y = 0; y < m_height; ++y) {
            look(-1, y);
            look(m_width, y);
        }
    }

    void look(int x, int y)
    {
        const std::size_t opposite = at((x + m_width) % m_width, (y + m_height) % m_height);
        m_alive[at(x, y)] = m_topology == Topology::Torus ? m_alive[opposite] : 0;
    }

    [[nodiscard]] int livingNeighbours(int x, int y) const
    {
        int neighbours = -m_alive[at(x, y)];
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx)
                neighbours += m_alive[at(x + dx, y + dy)];
        }
        return neighbours;
    }

    int m_width;
    int m_height;
    Rule m_rule;
    Topology m_topology;
    std::vector<quint8> m_alive;
};

inline CellGrid soup(int width, int height, double density, QRandomGenerator &random)
{
    CellGrid cells(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            cells.set(x, y, random.generateDouble() < density);
    }
    return cells;
}

inline Rule randomRule(QRandomGenerator &random)
{
    const auto counts = [&random] {
        QString digits;
        for (int n = 0; n <= Rule::kMaxNeighbours; ++n) {
            if (random.bounded(2) == 1)
                digits += QString::number(n);
        }
        return digits;
    };
    const QString births = counts();
    const QString survivals = counts();
    return *Rule::parse(QString(u'B' + births + u"/S" + survivals));
}

} // namespace conway
