namespace Touchstage.Safety.Tenants;

/// <summary>Where a sealed value belongs: it opens nowhere else.</summary>
internal sealed record SealedPlace
{
    /// <param name="room">What kind of value: <c>secret</c>, <c>ledger</c>, <c>approval</c>, <c>step</c>.</param>
    /// <param name="owner">Whose: a connection's name, or empty.</param>
    /// <param name="row">The row's id.</param>
    public SealedPlace(string room, string owner, string row)
    {
        if ((room + owner + row).Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException("A part of a sealed place holds a line feed.", nameof(row));
        }

        (Room, Owner, Row) = (room, owner, row);
    }

    /// <summary>What kind of value.</summary>
    public string Room { get; }

    /// <summary>Whose.</summary>
    public string Owner { get; }

    /// <summary>The row's id.</summary>
    public string Row { get; }
}
