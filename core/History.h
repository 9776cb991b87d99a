#pragma once

#include "core/MomentList.h"

#include <QtGlobal>

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

    /// So few generations that going one back is instant, so many that keyframes are rare even at millions a second.
    static constexpr quint64 kFirstSpacing = 64;

    /// Cells times generations between two keyframes: a second or two on one core. However small the universe, a
    /// generation counts as kLeastCells, for it takes as long as that.
    static constexpr qint64 kMaxGapWork = qint64{1} << 36U;
    static constexpr qint64 kLeastCells = qint64{1} << 15U;

    explicit History(qint64 budget = kDefaultBudget)
        : m_budget(budget)
    {
    }

    /// Whether record() wants this generation: asked after each, so it is but a comparison. False while a rewound
    /// universe passes through what is known already.
    [[nodiscard]] bool isDue(quint64 generation) const { return generation >= m_due; }

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

    /// Forgets everything; the spacing is kFirstSpacing again.
    void clear();

    /// The latest keyframe not later than `generation`; nothing if that is before oldest(). Later than the universe
    /// itself has come makes no sense to ask.
    [[nodiscard]] std::optional<Moment> floor(quint64 generation) const;

    /// How far back one can go; nothing when there is no past.
    [[nodiscard]] std::optional<quint64> oldest() const;
    [[nodiscard]] std::size_t keyframes() const { return m_moments.all().size(); }
    [[nodiscard]] quint64 spacing() const { return m_spacing; }
    [[nodiscard]] qint64 bytes() const { return m_moments.bytes(); }

private:
    void append(const Moment &moment);
    [[nodiscard]] bool mayThinOut() const;
    void thinOut();

    qint64 m_budget;
    quint64 m_spacing = kFirstSpacing;
    quint64 m_due = 0;
    MomentList m_moments;
    std::deque<quint64> m_beginnings; ///< generations of the moments begun, in order
};

} // namespace conway
