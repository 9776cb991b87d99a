#pragma once

#include "core/MomentList.h"

#include <QtGlobal>

#include <algorithm>
#include <deque>
#include <limits>
#include <optional>

namespace conway {

/// The past of a universe, within a budget of memory.
///
/// Life cannot be computed backwards, so keyframes are kept, moments spacing() generations apart, and what lies between
/// is computed again from the keyframe before: floor(), then LifeKernel with that moment's rule and topology.
///
/// When the keyframes take more than the budget, every second one goes and the spacing doubles, so that a long past
/// gets coarser rather than shorter, until computing a gap again would take kMaxGapWork. From there on the oldest goes.
/// The newest always stays, and a universe too large for the budget has just that one; so the memory is
/// within the budget, or one keyframe's. While one is recorded it is there in addition.
///
/// Where something but Life itself changed the universe, begin() says so: nothing before leads across, so that moment
/// is never thinned out.
///
/// Not thread-safe; the moments are.
class History
{
public:
    static constexpr qint64 kDefaultBudget = qint64{64} << 20U;

    /// In any universe a picture takes as long as some generations do, for both go through all cells. So many between
    /// two of them that they cost next to nothing.
    static constexpr quint64 kFirstSpacing = 1'024;
    /// And so many where fewer than those are kMaxGapWork: a picture is then at most a fifth of all work.
    static constexpr quint64 kLeastSpacing = 16;

    /// Cells times generations between two keyframes, to which the spacing may grow: what one step back costs at most,
    /// a quarter of a second on one core; above 2^30 cells kLeastSpacing makes that a second. However small the
    /// universe, a generation counts as kLeastCells, for it takes as long as that.
    static constexpr qint64 kMaxGapWork = qint64{1} << 34U;
    static constexpr qint64 kLeastCells = qint64{1} << 15U;

    explicit History(qint64 budget = kDefaultBudget)
        : m_budget(budget)
    {
    }

    /// Whether record() wants this generation: asked after each, so it is but a comparison. False while a rewound
    /// universe passes through what is known already.
    [[nodiscard]] bool isDue(quint64 generation) const { return generation >= m_due; }

    /// Whether the newest keyframe would stay when one comes that takes so many bytes more than what they share.
    [[nodiscard]] bool hasRoomFor(qint64 bytes) const;
    /// Forgets all keyframes, but not their spacing.
    void makeRoom();

    /// A moment the universe came to by itself since the one recorded or begun last. Nothing happens unless its
    /// generation is later than every keyframe's.
    void record(const Moment &moment);

    /// A moment the universe did not come to by itself: the first one; an edit, another rule or another size, with the
    /// generation it had anyway; going on from a rewound moment with any of these. Whatever is known of this generation
    /// and later ones is forgotten.
    ///
    /// Earlier ones stay reachable. So where the universe has not been at the generations just before (another universe
    /// was loaded, redo leapt ahead), clear() comes first.
    void begin(const Moment &moment);

    /// The universe goes on by itself from `generation`, to which it was rewound: what was begun later, and all that
    /// came of it, is forgotten. The generation up to which nothing but Life happened, if there was such a thing.
    std::optional<quint64> forgetEditsAfter(quint64 generation);

    /// Forgets everything; the spacing is kFirstSpacing again.
    void clear();

    /// The latest keyframe not later than `generation`; nothing if that is before oldest(). Later than the universe
    /// itself has come makes no sense to ask.
    [[nodiscard]] std::optional<Moment> floor(quint64 generation) const;

    /// How far back one can go; nothing when there is no past.
    [[nodiscard]] std::optional<quint64> oldest() const;
    [[nodiscard]] std::size_t keyframes() const { return m_moments.all().size(); }
    /// Between keyframes from now on.
    [[nodiscard]] quint64 spacing() const { return std::min(m_spacing, longestGap()); }
    [[nodiscard]] qint64 bytes() const { return m_moments.bytes(); }

private:
    void append(const Moment &moment);
    void forgetFrom(quint64 generation);
    void expectNext();
    [[nodiscard]] quint64 longestGap() const;
    void thinOut();

    qint64 m_budget;
    quint64 m_spacing = kFirstSpacing;
    quint64 m_due = 0;
    MomentList m_moments;
    std::deque<quint64> m_beginnings; ///< generations of the moments begun, in order
};

} // namespace conway
