#pragma once

class QObject;

namespace conway {

/// From now on title bars are as dark as the windows below them, where the system draws them and would not know: on
/// Windows with a Qt before 6.8. Later ones are told by QStyleHints::setColorScheme(). `owner`: until that is gone.
void keepTitleBarsInTone(QObject *owner);

} // namespace conway
