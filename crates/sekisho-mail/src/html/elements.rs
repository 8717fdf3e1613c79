//! What elements do to the flow of text and to the elements around them (WHATWG HTML, sections 13.2.6 and 15.3).

/// How an element divides the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Goes on in the line.
    Inline,
    /// Begins and ends a line.
    Block,
    /// Has an empty line before and behind it.
    Paragraph,
    /// A cell of a table: beside its neighbour.
    Cell,
    /// A row of a table.
    Row,
}

/// How an element divides the text where no style says otherwise.
pub(super) fn flow(name: &str) -> Flow {
    match name {
        "td" | "th" => Flow::Cell,
        "tr" => Flow::Row,
        "p" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl"
        | "listing" | "xmp" | "plaintext" | "figure" => Flow::Paragraph,
        "div" | "table" | "tbody" | "thead" | "tfoot" | "caption" | "li" | "dt" | "dd" | "center"
        | "form" | "fieldset" | "legend" | "section" | "article" | "header" | "footer" | "main" | "nav"
        | "aside" | "address" | "hr" | "body" | "html" | "option" | "optgroup" | "details" | "summary"
        | "dialog" | "dir" | "menu" | "figcaption" | "hgroup" | "search" | "isindex" | "textarea"
        | "frameset" => Flow::Block,
        _ => Flow::Inline,
    }
}

/// Elements without content or end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "image"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content is not shown by their nature. `<noscript>` is shown: mail programs run no scripts.
pub(super) fn is_unshown(name: &str) -> bool {
    matches!(
        name,
        "title" | "template" | "datalist" | "rp" | "xml" | "audio" | "video" | "metadata" | "desc" | "defs"
    )
}

/// Elements whose look goes on until their own end tag, across the ends of others ("formatting elements").
pub(super) fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

/// Elements that formatting does not leave.
pub(super) fn is_marker(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption" | "object" | "marquee" | "template" | "applet")
}

/// What an end tag or an implied end looks for, and what it must not reach over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Stops at cells and tables.
    Plain,
    /// Stops at lists too.
    List,
    /// Stops at tables only.
    Table,
}

/// The scope in which an end tag of this name looks for its start.
pub(super) fn scope_of_end(name: &str) -> Scope {
    match name {
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "table" | "caption" => Scope::Table,
        "li" => Scope::List,
        _ => Scope::Plain,
    }
}

/// Whether an element is a wall for that scope.
pub(super) fn is_wall(name: &str, scope: Scope) -> bool {
    match scope {
        Scope::Table => matches!(name, "table" | "template"),
        Scope::Plain => name == "table" || is_marker(name),
        Scope::List => matches!(name, "table" | "ul" | "ol" | "dl" | "menu" | "dir") || is_marker(name),
    }
}

/// The elements that a start tag of this name ends when they are open, and in which scope.
pub(super) fn ends_before(name: &str) -> (&'static [&'static str], Scope) {
    match name {
        "li" => (&["li"], Scope::List),
        "dt" | "dd" => (&["dt", "dd"], Scope::List),
        "td" | "th" => (&["td", "th"], Scope::Table),
        "tr" => (&["tr"], Scope::Table),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr"], Scope::Table),
        "option" | "optgroup" => (&["option"], Scope::Plain),
        "table" => (&[], Scope::Plain),
        _ if matches!(flow(name), Flow::Block | Flow::Paragraph)
            && !matches!(name, "option" | "textarea") =>
        {
            (&["p"], Scope::Plain)
        }
        _ => (&[], Scope::Plain),
    }
}
