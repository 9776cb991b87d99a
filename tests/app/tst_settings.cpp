#include "app/Portable.h"
#include "app/Settings.h"
#include "app/SingleInstance.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

using namespace conway;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"CyberMesh"_s);
        QCoreApplication::setApplicationName(u"test"_s);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    }

    void nothingIsSetAtFirst()
    {
        const Settings settings;
        QVERIFY(!settings.port());
        QVERIFY(!settings.intervalMs());
        QVERIFY(settings.access() == AccessSetting());
        QVERIFY(settings.folder().startsWith(m_folder.path()));
    }

    void choicesSurviveARestart()
    {
        {
            Settings settings;
            settings.setPort(8001);
            settings.setIntervalMs(120);
            settings.setAccess({LanAccess::Pin, u"0012"_s});
        }
        const Settings settings;
        QCOMPARE(*settings.port(), 8001);
        QCOMPARE(*settings.intervalMs(), 120);
        QVERIFY(settings.access() == (AccessSetting{LanAccess::Pin, u"0012"_s}));
    }

    void nonsenseCountsAsNothing_data()
    {
        QTest::addColumn<QString>("value");
        for (const char *value : {"", "x", "-5", "99999999", "1e9", "0"})
            QTest::newRow(*value ? value : "empty") << QString::fromLatin1(value);
    }
    void nonsenseCountsAsNothing()
    {
        QFETCH(QString, value);
        Settings settings;
        settings.store().setValue(u"server/port"_s, value);
        settings.store().setValue(u"engine/intervalMs"_s, value);
        QVERIFY(!settings.port());
        QVERIFY(!settings.intervalMs());
    }

    void thePinIsKeptWhileItIsNotAskedFor()
    {
        {
            Settings settings;
            settings.setAccess({LanAccess::Watch, u"123456"_s});
        }
        QVERIFY(Settings().access() == (AccessSetting{LanAccess::Watch, u"123456"_s}));
    }

    void nonsenseAboutAccessLetsNobodyIn()
    {
        Settings settings;
        settings.setAccess({LanAccess::Pin, u"123456"_s});
        settings.store().setValue(u"server/lan"_s, u"wacht"_s);
        settings.store().setValue(u"server/pin"_s, u"12"_s);
        QVERIFY(settings.access() == (AccessSetting{LanAccess::Watch, {}}));
        settings.store().setValue(u"server/lan"_s, u"pin"_s);
        QVERIFY(settings.access() == (AccessSetting{LanAccess::Pin, {}})); // the server makes one
    }

    void aFileNamedPortableMakesACopyPortable()
    {
        const QString folder = m_folder.filePath(u"Пробел и 生命"_s);
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(portableFolder(folder).isEmpty());
        QFile mark(folder + u"/portable"_s);
        QVERIFY(mark.open(QIODevice::WriteOnly));
        QCOMPARE(portableFolder(folder), folder);
    }

    void aFolderOfThatNameIsNoWish()
    {
        QVERIFY(QDir().mkpath(m_folder.filePath(u"folder/portable"_s)));
        QVERIFY(portableFolder(m_folder.filePath(u"folder"_s)).isEmpty());
    }

    void aPortableCopyHasSettingsOfItsOwn()
    {
        const QString folder = m_folder.filePath(u"carried along 生命"_s);
        Settings().setPort(8002);
        {
            Settings settings(folder);
            QCOMPARE(settings.folder(), folder);
            QVERIFY(!settings.port());
            settings.setPort(8003);
            QVERIFY(settings.areKept());
        }
        QVERIFY(QFile::exists(folder + u"/test.ini"_s));
        QCOMPARE(*Settings(folder).port(), 8003);
        QCOMPARE(*Settings().port(), 8002);
    }

    void settingsThatCannotBeWrittenAreToldApart()
    {
        // Not even root has a folder where a file is.
        QFile file(m_folder.filePath(u"occupied"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Settings settings(file.fileName());
        QVERIFY(!settings.areKept());
        settings.setPort(8004);
        QCOMPARE(*settings.port(), 8004); // until the end
    }

    void theSecondInstanceRaisesTheFirst()
    {
        const QString folder = m_folder.filePath(u"instance"_s);
        SingleInstance first(folder);
        QVERIFY(first.claim());
        const QSignalSpy raised(&first, &SingleInstance::raiseRequested);
        // In a real second start these are two processes; a thread waits for the answer just as well.
        bool claimed = true;
        bool answered = false;
        const std::unique_ptr<QThread> other(QThread::create([&] {
            SingleInstance second(folder);
            claimed = second.claim();
            answered = second.raiseOther();
        }));
        other->start();
        QTRY_VERIFY(other->isFinished());
        QVERIFY(!claimed);
        QVERIFY(answered);
        QCOMPARE(raised.count(), 1);
    }

    void instancesWithOtherSettingsLiveSideBySide()
    {
        SingleInstance first(m_folder.filePath(u"one"_s));
        SingleInstance second(m_folder.filePath(u"two"_s));
        QVERIFY(first.claim());
        QVERIFY(second.claim());
    }

    void thePlaceIsFreeAgainAfterwards()
    {
        const QString folder = m_folder.filePath(u"again"_s);
        {
            SingleInstance first(folder);
            QVERIFY(first.claim());
        }
        SingleInstance second(folder);
        QVERIFY(second.claim());
    }

    void nobodyAnswersWhereNobodyIs()
    {
        const SingleInstance instance(m_folder.filePath(u"nobody"_s));
        QVERIFY(!instance.raiseOther());
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
