using System.Globalization;

namespace Touchstage.Safety.Schemas;

/// <summary>Where in an instance a check stands, and whether what stands there must not be shown.</summary>
internal sealed class Place
{
    public static readonly Place Top = new(null, "", isHidden: false);

    private readonly Place? parent;
    private readonly string segment;

    private Place(Place? parent, string segment, bool isHidden)
    {
        this.parent = parent;
        this.segment = segment;
        IsHidden = isHidden;
    }

    public bool IsHidden { get; }

    public string Path => parent is null ? "" : parent.Path + segment;

    public Place Hidden() => IsHidden ? this : new(parent, segment, isHidden: true);

    public Place Property(string declared) => new(this, Pointer.Join(declared), IsHidden);

    /// <summary>A property whose name was chosen by the sender: below a sensitive value even the name is not shown.</summary>
    public Place Undeclared(string name) => new(this, IsHidden ? "/***" : Pointer.Join(name), IsHidden);

    public Place Item(int index) => new(this, "/" + index.ToString(CultureInfo.InvariantCulture), IsHidden);
}
