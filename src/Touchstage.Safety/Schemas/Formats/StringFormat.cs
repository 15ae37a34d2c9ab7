using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Touchstage.Safety.Schemas.Formats;

/// <summary>A format of JSON Schema draft 2020-12 (validation, section 7.3) as an assertion about a string.</summary>
internal sealed record StringFormat
{
    private static readonly ImmutableArray<StringFormat> All =
    [
        new("date", "a date such as 2031-12-24", DateAndTime.IsDate),
        new("date-time", "a date and time with its offset, such as 2031-12-24T18:30:00Z", DateAndTime.IsDateTime),
        new("time", "a time with its offset, such as 18:30:00Z", DateAndTime.IsTime),
        new("duration", "a duration such as P1DT12H or P2W", Duration.Holds),
        new("email", "an e-mail address such as ann@example.com", MailAddress.IsPlain),
        new("idn-email", "an e-mail address such as ann@example.com; letters of other scripts may stand in it", MailAddress.IsInternational),
        new("hostname", "a host name such as www.example.com", HostName.IsPlain),
        new("idn-hostname", "a host name such as www.example.com; letters of other scripts may stand in it", HostName.IsInternational),
        new("ipv4", "an IPv4 address such as 192.0.2.1", NetworkAddress.IsVersion4),
        new("ipv6", "an IPv6 address such as 2001:db8::1", NetworkAddress.IsVersion6),
        new("uri", "an absolute URI such as https://example.com/path", ResourceIdentifier.IsUri),
        new("uri-reference", "a URI or a reference relative to one, such as ../path?page=2", ResourceIdentifier.IsUriReference),
        new("iri", "an absolute IRI such as https://example.com/path; letters of other scripts may stand in it", ResourceIdentifier.IsIri),
        new("iri-reference", "an IRI or a reference relative to one, such as ../path?page=2; letters of other scripts may stand in it", ResourceIdentifier.IsIriReference),
        new("uri-template", "a URI template such as https://example.com/users/{id}", UriTemplate.Holds),
        new("uuid", "a UUID such as 123e4567-e89b-12d3-a456-426614174000", Uuid.Holds),
        new("json-pointer", "a JSON Pointer such as /items/0/name, or nothing for the whole", PointerText.IsAbsolute),
        new("relative-json-pointer", "a relative JSON Pointer such as 1/name or 0#", PointerText.IsRelative),
        new("regex", "a regular expression of ECMA-262 (with its `u` flag)", Patterns.Pattern.IsWellFormed),
    ];

    private static readonly FrozenDictionary<string, StringFormat> ByName = All.ToFrozenDictionary(format => format.Name, StringComparer.Ordinal);

    private readonly FormatRule rule;

    private StringFormat(string name, string said, FormatRule rule)
    {
        Name = name;
        Said = said;
        this.rule = rule;
    }

    /// <summary>The names of all formats of the standard.</summary>
    public static ImmutableArray<string> Known { get; } = [.. All.Select(format => format.Name)];

    public string Name { get; }

    /// <summary>What is expected, for the end of a sentence: an article, a noun and an example.</summary>
    public string Said { get; }

    public static StringFormat? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Never throws, whatever the text; allocates nothing for what the common formats are made of.</summary>
    public bool Holds(ReadOnlySpan<char> text) => rule(text);
}
