#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace conway {

/// Why something could not be done, as a sentence for a person. It names what was wrong and what is accepted.
struct Error {
    QString message;
    int line = 0;         ///< of the text that was read, from 1; 0 where there is none. The message names it too.
    int column = 0;       ///< likewise
    bool isLimit = false; ///< it was too large, or too much
};

/// Either a value or the reason why there is none: what every parser returns. (C++23's std::expected, which the
/// compilers we support do not all have.)
///
///     Result<Rule> rule = Rule::parse(u"B3/S23");
///     if (!rule)
///         return rule.error();
///     use(*rule);
template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_content(std::move(value))
    {
    }
    Result(Error error)
        : m_content(std::move(error))
    {
    }

    [[nodiscard]] explicit operator bool() const { return std::holds_alternative<T>(m_content); }

    /// Only where the result was seen to hold a value.
    [[nodiscard]] const T &operator*() const { return *std::get_if<T>(&m_content); }
    [[nodiscard]] T &operator*() { return *std::get_if<T>(&m_content); }
    [[nodiscard]] const T *operator->() const { return std::get_if<T>(&m_content); }

    /// Only where the result was seen to hold none.
    [[nodiscard]] const Error &error() const { return *std::get_if<Error>(&m_content); }

private:
    std::variant<T, Error> m_content;
};

} // namespace conway
