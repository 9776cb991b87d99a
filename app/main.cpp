#include "app/Application.h"
#include "app/CommandLine.h"
#include "app/Console.h"
#include "app/Desktop.h"
#include "app/ErrorStream.h"
#include "app/LogFile.h"
#include "app/Portable.h"
#include "app/Presence.h"
#include "app/Settings.h"
#include "app/SingleInstance.h"
#include "app/TerminationSignals.h"
#include "server/OpenFiles.h"

#include <QApplication>
#include <QEventLoop>
#include <QHostInfo>
#include <QLoggingCategory>

#include <chrono>
#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using namespace conway;

namespace {

Q_LOGGING_CATEGORY(lcApp, "conway.app", QtInfoMsg)

/// Exit codes; 0 is a clean end.
constexpr int kCannotStart = 2;

/// Longer than a first program needs to end (Patience::close), shorter than a person's patience.
constexpr auto kEndTime = std::chrono::seconds(4);

void print(std::FILE *stream, const QString &text)
{
    std::fputs(text.toLocal8Bit().constData(), stream);
    std::fflush(stream);
}

void nameTheProgram()
{
    QCoreApplication::setOrganizationName(u"CyberMesh"_s);
    QCoreApplication::setApplicationName(u"cybermesh-conway"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(CONWAY_VERSION));
}

Universe universeOf(const Options &options)
{
    return {gliderUniverse(options.size.width(), options.size.height()), options.rule};
}

ServerConfig configOf(const Options &options)
{
    ServerConfig config;
    config.bind = options.bind;
    config.port = options.port.value_or(config.port);
    config.allowedOrigins = options.allowedOrigins;
    config.ownNames = {QHostInfo::localHostName()};
    config.configuredNames = options.names;
    config.access = {options.lan.value_or(config.access.lan), options.pin};
    config.version = QCoreApplication::applicationVersion();
    config.places = placesFor(raiseOpenFileLimit(), options.maxViewers, options.maxPerAddress);
    return config;
}

/// False, with a word about it, when there is no log where the user wants one. Without a wish it is no obstacle.
bool beginLog(const Options &options, const QString &portable)
{
    const auto file = installLog(options.logFile, portable);
    if (file)
        qCInfo(lcApp).noquote() << "version" << QCoreApplication::applicationVersion() << "- log file" << *file;
    else if (options.logFile.isEmpty())
        qCWarning(lcApp).noquote() << file.error().message;
    else
        print(stderr, u"cybermesh-conway: --log-file: "_s + file.error().message.simplified() + u'\n');
    return file || options.logFile.isEmpty();
}

/// The one line on stdout, for scripts that wait for it.
void announceAddress(Application &application)
{
    QObject::connect(application.server(), &Server::listening, &application, [](const ListenAddress &address) {
        print(stdout, u"listening on "_s + address.urls.value(0) + u'\n');
    });
}

/// Without a window this is the one place where the PIN stands.
void announcePin(const AccessSetting &access)
{
    if (access.lan == LanAccess::Pin)
        qCInfo(lcApp).noquote() << "viewers on other machines operate with the PIN" << access.pin;
}

/// Lets the event loop turn until `application` has ended.
void endOrderly(Application &application)
{
    QEventLoop loop;
    QObject::connect(&application, &Application::ended, &loop, &QEventLoop::quit);
    application.end();
    loop.exec();
}

int runHeadless(QCoreApplication &program, const Options &options, const QString &portable)
{
    if (!beginLog(options, portable))
        return kCannotStart;
    const TerminationSignals signals_;
    Application application(universeOf(options), options.intervalMs.value_or(ConwayEngine::kDefaultInterval),
                            configOf(options), options.historyBudget);
    QObject::connect(&signals_, &TerminationSignals::received, &application, &Application::end);
    QObject::connect(&application, &Application::ended, &program, [] { QCoreApplication::exit(0); });
    QObject::connect(application.server(), &Server::listenFailed, &program, [](const ListenFailure &failure) {
        // The message itself stands in the log.
        if (failure.freePort != 0)
            print(stderr, u"Port %1 is free: start with --port %1.\n"_s.arg(failure.freePort));
        QCoreApplication::exit(kCannotStart);
    });
    announceAddress(application);
    announcePin(application.firstAccess());
    application.start(options.stopped);
    return QCoreApplication::exec();
}

int runWindow(QApplication &program, const Options &options, const QString &portable)
{
    program.setQuitOnLastWindowClosed(false); // the viewers get their Close frames first
    Settings settings(portable);
    SingleInstance instance(settings.folder());
    if (!instance.claim()) {
        if (instance.raiseOther()) {
            print(stdout, u"cybermesh-conway is already running; its window comes forward.\n"_s);
            return 0;
        }
        // It may be ending: its viewers get their Close frames first.
        if (!instance.claim(kEndTime)) {
            print(stderr, u"cybermesh-conway is already running, but does not answer.\n"_s);
            return kCannotStart;
        }
    }

    if (!beginLog(options, portable))
        return kCannotStart;
    if (!settings.areKept())
        qCWarning(lcApp).noquote() << "what is chosen in the window will be forgotten: cannot write the settings in"
                                   << settings.folder();
    const TerminationSignals signals_;
    ServerConfig config = configOf(options);
    if (!options.port)
        config.port = settings.port().value_or(config.port);
    const AccessSetting chosenBefore = settings.access();
    config.access = {options.lan.value_or(chosenBefore.lan), options.pin.isEmpty() ? chosenBefore.pin : options.pin};
    const int interval = options.intervalMs.value_or(settings.intervalMs().value_or(ConwayEngine::kDefaultInterval));
    Application application(universeOf(options), interval, config, options.historyBudget);
    Desktop desktop(application, settings);

    bool hasEnded = false;
    QObject::connect(&application, &Application::ended, &program, [&hasEnded] {
        hasEnded = true;
        QCoreApplication::exit(0);
    });
    QObject::connect(&signals_, &TerminationSignals::received, &desktop.window(), &QWidget::close);
    QObject::connect(&desktop.window(), &MainWindow::closed, &instance, &SingleInstance::retire);
    QObject::connect(&instance, &SingleInstance::raiseRequested, &desktop.window(), &MainWindow::raiseWindow);
    // A session that ends asks nobody to close windows first.
    QObject::connect(&program, &QCoreApplication::aboutToQuit, &application, [&] {
        if (!hasEnded)
            endOrderly(application);
    });
    announceAddress(application);
    desktop.show(options.minimized);
    application.start(options.stopped);
    return QCoreApplication::exec();
}

/// X11 and Wayland programs abort without a word of use when there is no display.
bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

} // namespace

int main(int argc, char *argv[])
{
    declarePresence();
    secureStandardStreams();
    nameTheProgram();
    // Without a window there must be no QApplication, as there may be no display; so the arguments are read first.
    auto program = std::make_unique<QCoreApplication>(argc, argv);
    const auto parsed = parseCommandLine(QCoreApplication::arguments());
    const auto *const options = parsed ? std::get_if<Options>(&*parsed) : nullptr;
    // A window stays when its console goes, so it takes no part in one.
    if (options == nullptr || options->headless)
        joinConsole();
    if (!parsed) {
        // What was typed is quoted, and may hold a line break.
        print(stderr, u"cybermesh-conway: "_s + parsed.error().message.simplified() + u'\n');
        return kCannotStart;
    }
    if (const auto *information = std::get_if<Information>(&*parsed)) {
        print(stdout, information->text);
        return 0;
    }
    if (const auto *batch = std::get_if<BatchOptions>(&*parsed))
        return runBatch(*batch);
    const QString portable = portableFolder(QCoreApplication::applicationDirPath());
    if (options->headless)
        return runHeadless(*program, *options, portable);
    if (!hasDisplay()) {
        print(stderr, u"cybermesh-conway: there is no display; --headless runs the server without a window.\n"_s);
        return kCannotStart;
    }
    program.reset();
    QApplication window(argc, argv);
    return runWindow(window, *options, portable);
}
