#include "app/LogFile.h"

#include <QFile>
#include <QLoggingCategory>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace conway;
using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcTest, "conway.test", QtInfoMsg)

class TestLogFile : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void cleanup() { qInstallMessageHandler(nullptr); }

    void linesHaveTimeLevelAndCategory()
    {
        const auto file = installLog(path(u"new/folder/test.log"_s));
        QVERIFY(file);
        qCInfo(lcTest) << "hello";
        qCWarning(lcTest) << "careful";
        qCCritical(lcTest) << "ouch";
        qInstallMessageHandler(nullptr);
        const QStringList lines = QString::fromUtf8(content(*file)).split(u'\n');
        QCOMPARE(lines.size(), 4);
        static const QRegularExpression kTime(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z "_s);
        QVERIFY2(kTime.match(lines[0]).hasMatch(), qPrintable(lines[0]));
        QVERIFY(lines[0].endsWith(u" info conway.test: hello"));
        QVERIFY(lines[1].endsWith(u" warning conway.test: careful"));
        QVERIFY(lines[2].endsWith(u" error conway.test: ouch"));
    }

    void aStrangersTextCannotForgeALine()
    {
        const auto file = installLog(path(u"forged.log"_s));
        qCInfo(lcTest).noquote() << "one\r\n2026-01-01T00:00:00.000Z info conway.app: all is well";
        qInstallMessageHandler(nullptr);
        QCOMPARE(content(*file).count('\n'), 1);
        QCOMPARE(content(*file).count('\r'), 0);
    }

#ifdef Q_OS_UNIX
    void aPipeIsNoFile()
    {
        // Opening it would wait for a reader, for ever.
        QCOMPARE(mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
        const auto file = installLog(path(u"pipe"_s));
        QVERIFY(!file);
        QVERIFY2(file.error().message.contains(u"a pipe"), qPrintable(file.error().message));
    }
#endif

    void aFullFileIsRotated()
    {
        const auto file = installLog(path(u"rotated.log"_s));
        const QString kilobyte(1024, u'x');
        for (int i = 0; i < 4'000; ++i)
            qCInfo(lcTest) << i << kilobyte;
        qInstallMessageHandler(nullptr);
        const QString name = *file;
        for (const QString &part : {name, QString(name + u".1"_s), QString(name + u".2"_s)}) {
            QVERIFY(!content(part).isEmpty());
            QVERIFY(content(part).size() <= 1024 * 1024);
        }
        QVERIFY(!QFile::exists(name + u".3"_s));
        QVERIFY(content(name).contains(" 3999 "));
    }

    void aPortableCopyLogsBesideItself()
    {
        const QString folder = path(u"carried along 生命"_s);
        const auto file = installLog({}, folder);
        QVERIFY(file);
        QCOMPARE(*file, folder + u"/logs/cybermesh-conway.log"_s);
        qCInfo(lcTest) << "here";
        QVERIFY(content(*file).contains("here"));
        // What the command line names comes first.
        QCOMPARE(*installLog(path(u"named.log"_s), folder), path(u"named.log"_s));
    }

    void aFolderThatCannotBeMadeIsNamed()
    {
        const auto file = installLog(path(u"rotated.log/inside/test.log"_s));
        qInstallMessageHandler(nullptr);
        QVERIFY(!file);
        QVERIFY(file.error().message.contains(u"rotated.log/inside"));
    }

    void aFileThatCannotBeWrittenIsNamed()
    {
        const auto file = installLog(m_folder.path());
        qInstallMessageHandler(nullptr);
        QVERIFY(!file);
        QVERIFY(file.error().message.contains(m_folder.path()));
    }
};

QTEST_APPLESS_MAIN(TestLogFile)
#include "tst_logfile.moc"
