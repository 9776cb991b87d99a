#pragma once

#include <QMetaType>
#include <QString>

namespace conway {

/// What the user lets viewers on other devices do.
struct AccessChoice {
    enum class Lan {
        Operate,
        Watch,
        Pin, ///< operate, once they have given the PIN
    };

    Lan lan = Lan::Operate;
    QString pin; ///< 4 to 12 digits; also kept while it is not asked for. Empty: there is none

    friend bool operator==(const AccessChoice &, const AccessChoice &) = default;
};

} // namespace conway

Q_DECLARE_METATYPE(conway::AccessChoice)
