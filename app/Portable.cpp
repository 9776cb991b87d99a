#include "app/Portable.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace conway {

QString portableFolder(const QString &programFolder)
{
    return QFileInfo(programFolder + u"/portable"_s).isFile() ? programFolder : QString();
}

} // namespace conway
