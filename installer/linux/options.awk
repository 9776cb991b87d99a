# What `cybermesh-conway --help` prints, as man(7): its options and arguments, in their own words.
# A name stands two columns in, its words two or more behind it, and what did not fit below those.

# A word of the command line is no word of a sentence: its hyphens are minus signs.
function literal(word) {
    gsub(/-/, "\\-", word)
    return word
}

function sentence(text,    words, count, i, line) {
    count = split(text, words, " ")
    for (i = 1; i <= count; i++)
        line = line (i > 1 ? " " : "") (words[i] ~ /^--/ ? literal(words[i]) : words[i])
    return line
}

/^Arguments:/ { print ".SH ARGUMENTS" }
/^[^ ]/ { listing = /^(Options|Arguments):/; next }
!listing || !NF { next }
/^  [^ ]/ {
    text = substr($0, 3)
    match(text, /  +/)
    named = RSTART ? substr(text, 1, RSTART - 1) : text
    text = RSTART ? substr(text, RSTART + RLENGTH) : ""
    value = ""
    if (match(named, / <.*>$/)) {
        value = " \\fI" literal(substr(named, RSTART + 2, RLENGTH - 3)) "\\fR"
        named = substr(named, 1, RSTART - 1)
    }
    print ".TP"
    print "\\fB" literal(named) "\\fR" value
    if (text == "")
        next
    $0 = text
}
{
    $0 = sentence($0)
    if (/^[.']/) # would be a request
        $0 = "\\&" $0
    print
}
