#include "server/QrSvg.h"

#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

using namespace conway;
using namespace Qt::StringLiterals;

namespace {

/// The modules that the picture's black path covers.
struct Modules {
    explicit Modules(const QByteArray &svg)
    {
        QXmlStreamReader reader(svg);
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement() && reader.name() == "svg"_L1)
                side = reader.attributes().value("viewBox"_L1).toString().section(u' ', 2, 2).toInt();
            if (reader.isStartElement() && reader.name() == "path"_L1) {
                fills.append(reader.attributes().value("fill"_L1).toString());
                path = reader.attributes().value("d"_L1).toString();
            }
        }
        wellFormed = !reader.hasError();
        static const QRegularExpression kRun(u"M(\\d+) (\\d+)h(\\d+)v1h-\\3z"_s);
        auto runs = kRun.globalMatch(path);
        qsizetype matched = 0;
        while (runs.hasNext()) {
            const auto run = runs.next();
            matched += run.capturedLength();
            for (int i = 0; i < run.captured(3).toInt(); ++i)
                dark.insert({run.captured(1).toInt() + i, run.captured(2).toInt()});
        }
        isWhole = matched == path.size();
    }

    /// Whether a finder pattern has its upper left corner here.
    [[nodiscard]] bool hasFinder(int left, int top) const
    {
        for (int y = 0; y < 7; ++y) {
            for (int x = 0; x < 7; ++x) {
                const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
                if (dark.contains({left + x, top + y}) != (ring != 2))
                    return false;
            }
        }
        return true;
    }

    QString path;
    QStringList fills;
    QSet<std::pair<int, int>> dark;
    int side = 0;
    bool wellFormed = false;
    bool isWhole = false;
};

} // namespace

class TestQrSvg : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isACodeWithAQuietZone()
    {
        const Modules code(qrSvg("http://192.168.178.23:8000/"));
        QVERIFY(code.wellFormed && code.isWhole);
        QCOMPARE(code.fills, QStringList({u"#fff"_s, u"#000"_s})); // on white in dark mode, too
        QCOMPARE((code.side - 8) % 4, 1);                          // 21, 25, 29… modules
        for (const auto &[x, y] : code.dark)
            QVERIFY(x >= 4 && y >= 4 && x < code.side - 4 && y < code.side - 4);
        QVERIFY(code.hasFinder(4, 4));
        QVERIFY(code.hasFinder(code.side - 11, 4));
        QVERIFY(code.hasFinder(4, code.side - 11));
        QVERIFY(!code.hasFinder(code.side - 11, code.side - 11));
    }

    void differentAddressesDiffer()
    {
        QVERIFY(qrSvg("http://192.168.178.23:8000/") != qrSvg("http://192.168.178.24:8000/"));
    }

    void textThatIsTooLongIsNone()
    {
        QVERIFY(Modules(qrSvg(QByteArray(kQrBytes, '\xff'))).hasFinder(4, 4));
        QVERIFY(qrSvg(QByteArray(kQrBytes + 1, 'a')).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestQrSvg)
#include "tst_qrsvg.moc"
