#include "app/Batch.h"

#include "app/ErrorStream.h"
#include "app/TerminationSignals.h"
#include "core/LifeKernel.h"
#include "core/PatternFile.h"
#include "core/Stamp.h"
#include "core/StateHash.h"
#include "core/Universe.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

constexpr QSize kGliderSize(8, 8);
constexpr QSize kSoupSize(1024, 1024);

QString textOf(const QSize &size)
{
    return u"%1x%2"_s.arg(size.width()).arg(size.height());
}

/// Whether all of it is where it should be.
bool print(std::FILE *stream, const QString &text)
{
    return std::fputs(text.toLocal8Bit().constData(), stream) >= 0 && std::fflush(stream) == 0;
}

int refuse(const QString &why)
{
    // Names of files are quoted, and may hold a line break.
    print(stderr, u"cybermesh-conway: "_s + why.simplified() + u'\n');
    return 2;
}

/// A pipe or a device. It has no end that could be asked for; and its name cannot be given to a new file without taking
/// the thing itself away.
bool isSpecial(const QString &name)
{
    const QFileInfo info(name);
    return info.exists() && !info.isFile() && !info.isDir();
}

/// At most `limit` bytes of it, or one more.
Result<QByteArray> readFile(const QString &name, qsizetype limit)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{u"cannot read %1: %2"_s.arg(name, file.errorString())};
    QByteArray bytes;
    while (bytes.size() <= limit) {
        const QByteArray part = file.read(std::min<qint64>(limit + 1 - bytes.size(), 1 << 20));
        if (part.isEmpty())
            break;
        bytes += part;
        if (part.contains('\0'))
            break; // no text: the reader will say where, and the rest, which may have no end, is not needed for that
    }
    if (file.error() != QFileDevice::NoError)
        return Error{u"cannot read %1: %2"_s.arg(name, file.errorString())};
    return bytes;
}

/// Whole or not at all; only a pipe or a device gets what it gets.
std::optional<Error> writeFile(const QString &name, const QByteArray &bytes)
{
    const auto failure = [&name](const QFileDevice &file) {
        return Error{u"cannot write %1: %2"_s.arg(name, file.errorString())};
    };
    if (isSpecial(name)) {
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) || file.write(bytes) != bytes.size())
            return failure(file);
        return std::nullopt;
    }
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return failure(file);
    file.write(bytes);
    if (!file.commit())
        return failure(file);
    return std::nullopt;
}

/// Tried before the work, not after an hour of it. A pipe's reader would take the end of a trial for the end.
std::optional<Error> tryToWrite(const QString &name)
{
    QSaveFile trial(name);
    if (isSpecial(name) || trial.open(QIODevice::WriteOnly)) // what is not committed leaves no trace
        return std::nullopt;
    return Error{u"cannot write %1: %2"_s.arg(name, trial.errorString())};
}

Result<Pattern> readPatternFile(const BatchOptions &options)
{
    PatternLimits limits;
    limits.maxCells = options.maxCells;
    // A file is the user's own, and lies whole on the disk already: RLE takes at most a byte a cell, and its line
    // breaks. What comes out of a pipe may never end.
    if (!isSpecial(options.file))
        limits.maxBytes = std::max<qsizetype>(limits.maxBytes, 2 * options.maxCells);
    const auto bytes = readFile(options.file, limits.maxBytes);
    if (!bytes)
        return bytes.error();
    auto pattern = readPattern(*bytes, limits);
    if (!pattern)
        return Error{u"%1: %2"_s.arg(options.file, pattern.error().message)};
    return pattern;
}

/// Sets the pattern into its universe, whose sides are known by now.
std::optional<Error> place(Pattern &pattern, const QSize &size, const QString &file)
{
    const int width = pattern.cells.width();
    const int height = pattern.cells.height();
    if (width > size.width() || height > size.height()) {
        const QString line = pattern.sizeLine > 0 ? u", line %1"_s.arg(pattern.sizeLine) : QString();
        return Error{u"%1%2: a pattern of %3 does not fit into a universe of %4"_s.arg(
            file, line, textOf({width, height}), textOf(size))};
    }
    if (size == QSize(width, height)) // it fills its universe
        return std::nullopt;
    CellGrid cells(size.width(), size.height());
    const QPoint place = placeOf(pattern, size.width(), size.height());
    stamp(cells, Topology::Plane, pattern.cells, place.x(), place.y(), StampMode::Copy);
    pattern.cells = std::move(cells);
    return std::nullopt;
}

QSize sizeOf(const std::optional<Pattern::Bounds> &bounds)
{
    return bounds ? QSize(bounds->width, bounds->height) : QSize();
}

/// The generations, a slice of time at a time, so that signals and progress have their turn.
class Run
{
public:
    Run(const Pattern &universe, qint64 generations)
        : m_kernel(*universe.rule, universe.bounds->topology)
        , m_now(universe.cells)
        , m_last(universe.cells)
        , m_wanted(generations)
    {
    }

    void run()
    {
        bool isToEnd = false;
        const TerminationSignals signals_;
        QObject::connect(&signals_, &TerminationSignals::received, &signals_, [&isToEnd] { isToEnd = true; });
        QElapsedTimer timer;
        timer.start();
        while (m_done < m_wanted && !isToEnd) {
            const qint64 before = timer.elapsed();
            do
                advance();
            while (m_done < m_wanted && timer.elapsed() - before < kSliceMs);
            QCoreApplication::processEvents();
            tellProgress(timer.elapsed());
        }
        m_seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    }

    [[nodiscard]] qint64 done() const { return m_done; }
    [[nodiscard]] const CellGrid &cells() const { return m_now; }

    /// The line for stdout.
    [[nodiscard]] QString report(const BoundedRule &rule) const
    {
        const auto number = [](double value) { return QString::number(value, 'g', 6); };
        return u"{\"generations\":%1,\"seconds\":%2,\"generationsPerSecond\":%3,\"cellsPerSecond\":%4,"
               u"\"population\":%5,\"stateHash\":\"%6\",\"rule\":\"%7\"%8}\n"_s.arg(
                   QString::number(m_done), number(m_seconds), number(generationsPerSecond()),
                   number(generationsPerSecond() * cellCount()), QString::number(m_now.population()),
                   u"%1"_s.arg(StateHash(m_now).value(), 16, 16, QChar(u'0')), rule.toString(),
                   m_done < m_wanted ? u",\"interrupted\":true"_s : QString());
    }

private:
    static constexpr qint64 kSliceMs = 50;
    static constexpr qint64 kFirstProgressMs = 2'000;
    static constexpr qint64 kProgressPauseMs = 60'000;

    /// Some generations: in a small universe the clock takes longer than one of them.
    void advance()
    {
        const qint64 cells = qint64{m_now.width()} * m_now.height();
        const qint64 some = std::clamp<qint64>((qint64{1} << 22U) / cells, 1, 4096);
        for (qint64 i = std::min(some, m_wanted - m_done); i > 0; --i, ++m_done) {
            m_kernel.advance(m_last, m_now, m_last);
            std::swap(m_last, m_now);
        }
    }

    /// After 2 s, after 4, 8 and so on, later once a minute.
    void tellProgress(qint64 elapsedMs)
    {
        if (elapsedMs < m_nextProgressMs || m_done == m_wanted)
            return;
        m_nextProgressMs = elapsedMs + std::min(elapsedMs, kProgressPauseMs);
        m_seconds = static_cast<double>(elapsedMs) / 1e3;
        writeToErrorStream(u"generation %1 of %2, %3 Gcells/s, about %4 s left\n"_s.arg(m_done)
                               .arg(m_wanted)
                               .arg(generationsPerSecond() * cellCount() / 1e9, 0, 'f', 1)
                               .arg(static_cast<double>(m_wanted - m_done) / generationsPerSecond(), 0, 'f', 0)
                               .toLocal8Bit());
    }

    [[nodiscard]] double cellCount() const
    {
        return static_cast<double>(m_now.width()) * static_cast<double>(m_now.height());
    }
    [[nodiscard]] double generationsPerSecond() const
    {
        return m_seconds > 0 ? static_cast<double>(m_done) / m_seconds : 0;
    }

    LifeKernel m_kernel;
    CellGrid m_now;
    CellGrid m_last;
    qint64 m_wanted;
    qint64 m_done = 0;
    qint64 m_nextProgressMs = kFirstProgressMs;
    double m_seconds = 0;
};

} // namespace

QSize roomFor(const QSize &pattern, qint64 generations, qint64 maxCells)
{
    const auto roomy = [generations](int side) {
        const int most = std::min(std::max(kRoomySide, 2 * side), CellGrid::kMaxSide);
        return generations < most ? std::min<int>(side + 2 * static_cast<int>(generations), most) : most;
    };
    const QSize size(roomy(pattern.width()), roomy(pattern.height()));
    return checkUniverseSize(size.width(), size.height(), maxCells) ? pattern : size;
}

Result<Pattern> batchUniverse(const BatchOptions &options)
{
    Pattern pattern;
    if (!options.file.isEmpty()) {
        auto read = readPatternFile(options);
        if (!read)
            return read.error();
        pattern = *std::move(read);
    }

    const Rule rule = options.rule ? options.rule->rule : pattern.rule.value_or(Rule());
    const auto told = options.rule ? options.rule->bounds : std::nullopt;
    const auto bounds = told ? told : pattern.bounds;
    QSize size = options.size.value_or(sizeOf(bounds));
    if (size.isEmpty() && !options.file.isEmpty())
        size = roomFor({pattern.cells.width(), pattern.cells.height()}, options.generations, options.maxCells);
    else if (size.isEmpty())
        size = options.soup ? kSoupSize : kGliderSize;
    if (const auto error = checkUniverseSize(size.width(), size.height(), options.maxCells))
        return *error;

    if (!options.file.isEmpty()) {
        if (const auto error = place(pattern, size, options.file))
            return *error;
    } else {
        pattern.cells = options.soup ? options.soup->universe(size.width(), size.height())
                                     : gliderUniverse(size.width(), size.height());
    }

    pattern.rule = rule;
    pattern.bounds = {bounds ? bounds->topology : Topology::Torus, size.width(), size.height()};
    pattern.position = QPoint(-(size.width() / 2), -(size.height() / 2));
    // The rule of the one and the plane of the other may be a pair that cannot be.
    if (const auto pair = BoundedRule::parse(BoundedRule{rule, pattern.bounds}.toString(), options.maxCells); !pair)
        return pair.error();
    return pattern;
}

int runBatch(const BatchOptions &options)
{
    auto begun = batchUniverse(options);
    if (!begun)
        return refuse(begun.error().message);
    Pattern &universe = *begun;
    for (const QString &remark : std::as_const(universe.remarks))
        writeToErrorStream(u"%1: %2\n"_s.arg(options.file, remark).toLocal8Bit());

    if (!options.output.isEmpty()) {
        if (const auto error = tryToWrite(options.output))
            return refuse(error->message);
    }

    Run run(universe, options.generations);
    run.run();

    if (!options.output.isEmpty()) {
        universe.cells = run.cells();
        // A file may say that it is of any generation.
        universe.generation += std::min(static_cast<quint64>(run.done()), ~universe.generation);
        const bool isPlaintext = options.output.endsWith(u".cells"_s, Qt::CaseInsensitive);
        const QByteArray text = isPlaintext ? writePlaintext(universe) : writeRle(universe);
        if (const auto error = writeFile(options.output, text))
            return refuse(error->message);
    }
    if (!print(stdout, run.report({*universe.rule, universe.bounds})))
        return refuse(u"cannot write the result to the standard output"_s);
    return 0;
}

} // namespace conway
