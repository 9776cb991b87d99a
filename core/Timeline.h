#pragma once

#include "core/Frame.h"
#include "core/History.h"
#include "core/UndoList.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace conway {

/// What a universe was: the generations one can go back to, and the edits one can take back.
///
/// It is told of what happens in order, and makes pictures only when one is due: for a generation that just passes,
/// saw() is a comparison. Not thread-safe.
class Timeline
{
public:
    /// Each of the two may take so much memory.
    explicit Timeline(qint64 budget)
        : m_history(budget)
        , m_undo(budget)
    {
    }

    /// A universe to which nothing before leads: the first one, another that was loaded, or beginning() again. `before`
    /// is the one there was, to come back to; null where there was none.
    void begin(const Frame *before, const Moment &moment);
    /// Where the universe began, to which reset() leads; undoing a load brings back the one before.
    [[nodiscard]] const Moment &beginning() const { return *m_beginning; }

    /// Generations came out of where the universe was.
    void saw(const Frame &frame)
    {
        if (m_position < m_furthest)
            leaveWhatWas();
        m_position = frame.generation;
        m_furthest = std::max(m_furthest, frame.generation);
        if (m_history.isDue(frame.generation))
            record(frame);
    }

    /// An edit: from `before` to `after`, whose changed tiles are exact or, with another size, all. The rule and the
    /// topology are those from now on.
    void edited(const Frame &before, const Frame &after, const Rule &rule, Topology topology);

    /// The moment before the newest edit, if there is one; `now` is where one is. What was before that moment is still
    /// known unless another universe was loaded or one has leapt since, by rewind() or redo(): then a new past begins.
    [[nodiscard]] std::optional<Moment> undo(const Frame &now);
    /// The moment that was undone. A new past begins there.
    [[nodiscard]] std::optional<Moment> redo();
    [[nodiscard]] bool canUndo() const { return m_undo.canUndo(); }
    [[nodiscard]] bool canRedo() const { return m_undo.canRedo(); }

    /// Goes to a generation between oldest() and furthest(): the moment from which it can be computed. Nothing, and it
    /// is as if nobody had asked, when it is not one of these. Furthest it stays until the universe goes another way
    /// from there.
    [[nodiscard]] std::optional<Moment> rewind(quint64 generation);
    [[nodiscard]] quint64 oldest() const { return m_history.oldest().value_or(m_furthest); }
    [[nodiscard]] quint64 furthest() const { return m_furthest; }

private:
    [[nodiscard]] Moment momentOf(const Frame &frame, const TileSet &changed) const;
    [[nodiscard]] Moment momentOf(const Frame &frame) const;
    void record(const Frame &frame);
    void leaveWhatWas();
    void beginAt(const Moment &moment);
    void standAt(const Moment &moment);
    void takeLaw(const Moment &moment);

    History m_history;
    UndoList m_undo;
    std::optional<Moment> m_latest; ///< the newest picture, to share what has not changed since
    Rule m_rule;
    Topology m_topology = Topology::Torus;
    std::shared_ptr<const Moment> m_beginning; ///< set by the first begin()
    quint64 m_position = 0;                    ///< the universe's generation
    quint64 m_furthest = 0;                    ///< that can be gone forward to
    int m_linked = 0;                          ///< newest edits, from before which m_history knows the past
};

} // namespace conway
