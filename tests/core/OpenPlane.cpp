#include "tests/core/OpenPlane.h"

#include <QMargins>

#include <algorithm>
#include <bit>
#include <set>

namespace conway {

namespace {

/// The border is looked at so often; nothing in Life moves faster than a cell a generation.
constexpr int kGenerationsBetweenLooks = 32;
/// So close to the border nothing may live, and so deep the look goes to see a glider whole.
constexpr int kBorder = 40;
constexpr int kLook = 48;

constexpr int kRoom = 96;
/// A glider that is let go has come at least that far without meeting anything. That it never would have is shown by
/// the published numbers, which come out exactly.
constexpr int kRoomForMethuselahs = 128;

template <class Visit>
void forEachCellOfRow(const CellGrid &grid, int y, std::size_t firstWord, std::size_t endWord, Visit visit)
{
    const auto row = grid.row(y);
    for (std::size_t word = firstWord; word < endWord; ++word) {
        for (CellGrid::Word rest = row[word]; rest != 0; rest &= rest - 1)
            visit(QPoint(static_cast<int>(word) * CellGrid::kWordBits + std::countr_zero(rest), y));
    }
}

template <class Visit>
void forEachCell(const CellGrid &grid, Visit visit)
{
    for (int y = 0; y < grid.height(); ++y)
        forEachCellOfRow(grid, y, 0, static_cast<std::size_t>(grid.wordsPerRow()), visit);
}

/// Those in the words that reach into the border, and perhaps a few more. Most of a plane is far from it.
template <class Visit>
void forEachCellNearBorder(const CellGrid &grid, int depth, Visit visit)
{
    const auto words = static_cast<std::size_t>(grid.wordsPerRow());
    const auto left = static_cast<std::size_t>(depth / CellGrid::kWordBits + 1);
    const auto right = static_cast<std::size_t>(std::max(0, grid.width() - depth) / CellGrid::kWordBits);
    for (int y = 0; y < grid.height(); ++y) {
        if (y < depth || y >= grid.height() - depth || right <= left) {
            forEachCellOfRow(grid, y, 0, words, visit);
        } else {
            forEachCellOfRow(grid, y, 0, left, visit);
            forEachCellOfRow(grid, y, right, words, visit);
        }
    }
}

} // namespace

bool inReadingOrder(QPoint a, QPoint b)
{
    return a.y() != b.y() ? a.y() < b.y() : a.x() < b.x();
}

std::vector<CellList> clustersOf(const CellList &cells)
{
    std::set<QPoint, decltype(&inReadingOrder)> left(cells.begin(), cells.end(), &inReadingOrder);
    std::vector<CellList> clusters;
    while (!left.empty()) {
        CellList cluster{*left.begin()};
        left.erase(left.begin());
        for (std::size_t i = 0; i < cluster.size(); ++i) {
            const QPoint centre = cluster[i];
            for (int y = -2; y <= 2; ++y) {
                for (int x = -2; x <= 2; ++x) {
                    if (left.erase(centre + QPoint(x, y)) != 0)
                        cluster.push_back(centre + QPoint(x, y));
                }
            }
        }
        std::sort(cluster.begin(), cluster.end(), &inReadingOrder);
        clusters.push_back(std::move(cluster));
    }
    return clusters;
}

std::optional<QPoint> gliderHeading(const CellList &cluster)
{
    constexpr int kPeriod = 4;
    constexpr int kSide = 16;
    if (cluster.size() != 5)
        return std::nullopt;
    const QPoint offset = QPoint(kSide / 2, kSide / 2) - cluster.front();
    CellGrid now(kSide, kSide);
    for (const QPoint cell : cluster) {
        const QPoint at = cell + offset;
        if (!now.contains(at.x(), at.y()))
            return std::nullopt;
        now.set(at.x(), at.y(), true);
    }
    CellList before;
    forEachCell(now, [&](QPoint cell) { before.push_back(cell); });

    CellGrid other(kSide, kSide);
    LifeKernel kernel({}, Topology::Plane);
    for (int i = 0; i < kPeriod; ++i) {
        kernel.advance(other, now, other);
        std::swap(now, other);
    }
    CellList after;
    forEachCell(now, [&](QPoint cell) { after.push_back(cell); });
    if (after.size() != before.size())
        return std::nullopt;
    const QPoint heading = after.front() - before.front();
    const bool moved =
        std::equal(before.begin(), before.end(), after.begin(), [&](QPoint a, QPoint b) { return a + heading == b; });
    if (!moved || std::abs(heading.x()) != 1 || std::abs(heading.y()) != 1)
        return std::nullopt;
    return heading;
}

OpenPlane::OpenPlane(const CellGrid &pattern, Gliders gliders)
    : m_gliders(gliders)
    , m_kernel({}, Topology::Plane)
    , m_now(pattern)
    , m_other(pattern)
    , m_population(pattern.population())
{
    const int room = gliders == Gliders::LetGo ? kRoomForMethuselahs : kRoom;
    grow({room, room, room, room});
}

void OpenPlane::advance(int generations)
{
    for (int i = 0; i < generations; ++i) {
        if (m_generation % kGenerationsBetweenLooks == 0)
            lookAfterBorder();
        m_population = m_kernel.advance(m_other, m_now, m_other).population;
        std::swap(m_now, m_other);
        ++m_generation;
    }
}

QRect OpenPlane::box() const
{
    QRect box;
    forEachCell(m_now, [&](QPoint cell) { box |= QRect(cell - m_origin, QSize(1, 1)); });
    return box;
}

CellGrid OpenPlane::cellsIn(QRect area) const
{
    CellGrid cells(area.width(), area.height());
    for (int y = 0; y < area.height(); ++y) {
        for (int x = 0; x < area.width(); ++x) {
            const QPoint at = area.topLeft() + QPoint(x, y) + m_origin;
            cells.set(x, y, m_now.contains(at.x(), at.y()) && m_now.alive(at.x(), at.y()));
        }
    }
    return cells;
}

CellList OpenPlane::cells() const
{
    CellList cells;
    forEachCell(m_now, [&](QPoint cell) { cells.push_back(cell - m_origin); });
    return cells;
}

void OpenPlane::lookAfterBorder()
{
    const QRect universe(0, 0, m_now.width(), m_now.height());
    const QRect deep = universe.marginsRemoved({kLook, kLook, kLook, kLook});
    const QRect safe = universe.marginsRemoved({kBorder, kBorder, kBorder, kBorder});
    CellList near;
    forEachCellNearBorder(m_now, kLook, [&](QPoint cell) {
        if (!deep.contains(cell))
            near.push_back(cell);
    });

    QMargins needed;
    for (const CellList &cluster : clustersOf(near)) {
        QRect box;
        for (const QPoint cell : cluster)
            box |= QRect(cell, QSize(1, 1));
        if (safe.contains(box))
            continue;
        const bool left = box.left() < safe.left();
        const bool top = box.top() < safe.top();
        const bool right = box.right() > safe.right();
        const bool bottom = box.bottom() > safe.bottom();
        if (m_gliders == Gliders::LetGo) {
            const QPoint heading = gliderHeading(cluster).value_or(QPoint());
            if ((left && heading.x() < 0) || (right && heading.x() > 0) || (top && heading.y() < 0) ||
                (bottom && heading.y() > 0)) {
                for (const QPoint cell : cluster)
                    m_now.set(cell.x(), cell.y(), false);
                m_departed += std::ssize(cluster);
                m_kernel.disturb();
                continue;
            }
        }
        const int sideways = std::max(kRoom, universe.width() / 8);
        const int upAndDown = std::max(kRoom, universe.height() / 8);
        needed =
            needed | QMargins(left ? sideways : 0, top ? upAndDown : 0, right ? sideways : 0, bottom ? upAndDown : 0);
    }
    if (!needed.isNull())
        grow(needed);
}

void OpenPlane::grow(const QMargins &by)
{
    CellGrid larger(m_now.width() + by.left() + by.right(), m_now.height() + by.top() + by.bottom());
    forEachCell(m_now, [&](QPoint cell) { larger.set(cell.x() + by.left(), cell.y() + by.top(), true); });
    m_origin += QPoint(by.left(), by.top());
    m_now = std::move(larger);
    m_other = m_now;
    m_kernel.disturb();
}

} // namespace conway
