#pragma once

#include "core/EngineState.h"

#include <QWidget>

namespace conway {

/// Says in the status bar whether the universe runs and who saw to that: "Stopped by 192.168.1.20".
class RunIndicator : public QWidget
{
    Q_OBJECT

public:
    explicit RunIndicator(QWidget *parent = nullptr);

    void setState(const EngineState &state);
    [[nodiscard]] const QString &text() const { return m_text; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] static QString sentence(const EngineState &state);

    bool m_running = false;
    QString m_text;
};

} // namespace conway
