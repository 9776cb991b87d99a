#pragma once

#include <QByteArray>
#include <QRandomGenerator>

namespace conway::load {

/// Whatever a viewer may say, at random, each of it valid whenever it comes: universes are kept between kLeastSide and
/// the largest side, and what is drawn lies in the least.
class RandomCommands
{
public:
    static constexpr int kLeastSide = 16;

    /// `mostSide` is at least kLeastSide.
    RandomCommands(quint32 seed, int mostSide);

    /// For everybody: start, stop, step, reset, speed, edit, stamp, load, random, clear, rule, resize, undo, redo,
    /// back.
    [[nodiscard]] QByteArray command();
    /// For one viewer of conway.v2: what it looks at.
    [[nodiscard]] QByteArray view();

private:
    [[nodiscard]] int upTo(int most) { return m_random.bounded(most + 1); }
    [[nodiscard]] int side() { return kLeastSide + upTo(m_mostSide - kLeastSide); }
    [[nodiscard]] bool oneIn(int times) { return m_random.bounded(times) == 0; }
    template <typename Choices>
    [[nodiscard]] auto oneOf(const Choices &choices)
    {
        return choices.at(static_cast<std::size_t>(m_random.bounded(static_cast<int>(choices.size()))));
    }

    [[nodiscard]] QByteArray speed();
    [[nodiscard]] QByteArray edit();
    [[nodiscard]] QByteArray stamp();
    [[nodiscard]] QByteArray load();
    [[nodiscard]] QByteArray random();
    [[nodiscard]] QByteArray rule();
    [[nodiscard]] QByteArray resize();

    QRandomGenerator m_random;
    const int m_mostSide;
};

} // namespace conway::load
