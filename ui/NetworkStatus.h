#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>

namespace conway {

/// Where the universe can be reached, and what stands in the way.
struct NetworkStatus {
    bool listening = false;
    QStringList addresses;   ///< full URLs, best first
    QString problem;         ///< a sentence; empty when well: why it does not listen, or a warning while it does
    quint16 offeredPort = 0; ///< another port that is worth a try; 0: none

    friend bool operator==(const NetworkStatus &, const NetworkStatus &) = default;
};

} // namespace conway

Q_DECLARE_METATYPE(conway::NetworkStatus)
