using ModelContextProtocol.Protocol;
using Touchstage.Safety.Capabilities;

namespace Touchstage.Mcp.Icons;

/// <summary>The icons that clients may show: the product's own, and for a tool what it does to the world. They are data URIs, so that no client fetches anything from anywhere for them.</summary>
internal static class IconSet
{
    private static readonly IList<Icon> ReadOnly = Embedded("icons/readonly.svg");
    private static readonly IList<Icon> Additive = Embedded("icons/additive.svg");
    private static readonly IList<Icon> Destructive = Embedded("icons/destructive.svg");

    /// <summary>The server's, and that of its own tools.</summary>
    public static readonly IList<Icon> Product = Embedded("inbox/icon.svg");

    /// <summary>That of a capability's tool.</summary>
    public static IList<Icon> Of(Effects effects) => effects switch
    {
        Effects.ReadOnly => ReadOnly,
        Effects.Additive => Additive,
        _ => Destructive,
    };

    private static Icon[] Embedded(string name)
    {
        using var picture = typeof(IconSet).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The executable lacks {name}.");
        using var bytes = new MemoryStream();
        picture.CopyTo(bytes);
        return [new() { Source = $"data:image/svg+xml;base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}", MimeType = "image/svg+xml", Sizes = ["any"] }];
    }
}
