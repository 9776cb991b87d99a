#pragma once

#include "core/PatternCanvas.h"
#include "core/PatternFile.h"
#include "core/TextCursor.h"

namespace conway {

/// A pattern while it is read: what a format's reader fills.
class PatternDraft
{
public:
    /// Several times the longest that means something.
    static constexpr qsizetype kMaxRuleBytes = 256;

    PatternDraft(PatternCanvas &canvas, const PatternLimits &limits)
        : canvas(canvas)
        , m_maxCells(limits.maxCells)
        , m_textLeft(limits.maxText)
    {
    }

    PatternCanvas &canvas;
    Pattern pattern; ///< cells, texts and rule come by way of the canvas and the functions below

    /// Texts: UTF-8, or Latin 1 if they are not. What is more than PatternLimits::maxText is dropped, with a remark.
    /// A second name or author becomes a comment.
    void setName(QByteArrayView text);
    void setAuthor(QByteArrayView text);
    void addComment(QByteArrayView text);
    /// Once each, however often it is said.
    void addRemark(const QString &text);
    /// A rule with or without bounds, of at most kMaxRuleBytes. `place` is where it stands.
    [[nodiscard]] std::optional<Error> setRule(QByteArrayView text, const TextCursor &place);
    /// For files whose cells have places of their own: the upper left corner's, if int can hold it.
    void setPositionFromCanvas();

private:
    /// Nothing when there is no room left.
    std::optional<QString> keep(QByteArrayView text);

    qint64 m_maxCells;
    qsizetype m_textLeft;
};

/// Reads all of a file of one format. Called twice with the same text: see PatternCanvas. What it puts into the draft
/// is valid when it returns no error.
using PatternReader = std::optional<Error>(TextCursor text, PatternDraft &draft);

PatternReader readRle;
PatternReader readPlaintext;
PatternReader readLife105;
PatternReader readLife106;

} // namespace conway
