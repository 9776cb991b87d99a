#include "core/PatternLibrary.h"

#include "core/PatternFile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace conway {

namespace {

QList<PatternLibrary::Entry> readBuiltInIndex()
{
    const QString folder = u":/patterns/"_s;
    QFile file(folder % "index.json"_L1);
    if (!file.open(QIODevice::ReadOnly)) {
        qCritical("The pattern library is not in this program");
        return {};
    }
    const auto entries = PatternLibrary::readIndex(file.readAll(), folder);
    if (!entries) {
        qCritical("%s", qUtf8Printable(entries.error().message));
        return {};
    }
    return *entries;
}

} // namespace

const QList<PatternLibrary::Entry> &PatternLibrary::entries()
{
    static const QList<Entry> entries = readBuiltInIndex();
    return entries;
}

Result<Pattern> PatternLibrary::load(const Entry &entry)
{
    QFile file(entry.path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{u"%1 cannot be read: %2"_s.arg(entry.path, file.errorString())};
    return readPattern(file.readAll());
}

Result<QList<PatternLibrary::Entry>> PatternLibrary::readIndex(const QByteArray &json, const QString &folder)
{
    QJsonParseError wrong;
    const QJsonDocument document = QJsonDocument::fromJson(json, &wrong);
    if (wrong.error != QJsonParseError::NoError)
        return Error{u"the index of patterns is no JSON, at byte %1: %2"_s.arg(wrong.offset).arg(wrong.errorString())};

    QList<Entry> entries;
    const QJsonArray categories = document["categories"_L1].toArray();
    for (const auto &category : categories) {
        const QJsonArray patterns = category["patterns"_L1].toArray();
        for (const auto &pattern : patterns) {
            Entry entry{.name = pattern["name"_L1].toString(),
                        .category = category["name"_L1].toString(),
                        .path = folder % pattern["file"_L1].toString(),
                        .claim = {}};
            const Result<PatternClaim> claim = PatternClaim::fromJson(pattern["claim"_L1].toObject());
            if (!claim)
                return Error{u"in the index of patterns, %1: %2"_s.arg(entry.name, claim.error().message)};
            entry.claim = *claim;
            entries.append(std::move(entry));
        }
    }
    return entries;
}

} // namespace conway
