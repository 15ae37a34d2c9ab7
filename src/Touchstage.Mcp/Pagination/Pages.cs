using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Touchstage.Mcp.Faults;
using Touchstage.Mcp.Sessions;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.Pagination;

/// <summary>
/// Cuts lists into pages, as the protocol has it for all of them. A cursor is sealed and opens for the same list of the same tenant, principal and kind of session alone: it tells nothing, and leads
/// nobody into another's list.
/// </summary>
internal sealed class Pages(IDataProtectionProvider protection)
{
    /// <summary>How many items a page has at most.</summary>
    public const int Size = 200;

    private const string Wrong = "cursor does not belong to this list and session. Ask for the list again without one.";

    private readonly IDataProtector protector = protection.CreateProtector("Touchstage.Mcp.Pagination.PageStart.v1");

    /// <summary>The page of a list that a cursor leads to; the first without one.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="list">The method that lists.</param>
    /// <param name="all">The whole list as it is now, in its order.</param>
    /// <param name="nameOf">What tells its items apart.</param>
    /// <param name="cursor">What the client sent.</param>
    /// <exception cref="ModelContextProtocol.McpProtocolException">The cursor is none, or was made for another list or somebody else; which of these is not told.</exception>
    public Page<T> Of<T>(Caller caller, string list, IReadOnlyList<T> all, Func<T, string> nameOf, string? cursor)
    {
        var owner = SessionIdentity.OwnerOf(caller);
        var start = cursor is null ? 0 : BeginOf(Open(cursor, owner, list), [.. all.Select(nameOf)]);
        // The protocol library may add to it.
        var items = all.Skip(start).Take(Size).ToList();
        var end = start + items.Count;
        return new(items, end < all.Count ? protector.Protect(JsonSerializer.Serialize(new PageStart(owner, list, nameOf(items[^1]), end - 1))) : null);
    }

    // Lists change between two pages. After what was seen is right whatever was added or has gone before it; only if it has gone itself, its place has to do.
    private static int BeginOf(PageStart start, string[] names) => Array.IndexOf(names, start.After) is >= 0 and var found ? found + 1 : Math.Min(start.At, names.Length);

    private PageStart Open(string cursor, string owner, string list)
    {
        try
        {
            return JsonSerializer.Deserialize<PageStart>(protector.Unprotect(cursor)) is { } start && start.Owner == owner && start.List == list ? start : throw ProtocolFaults.WrongArgument(Wrong);
        }
        catch (Exception broken) when (broken is CryptographicException or JsonException or FormatException)
        {
            throw ProtocolFaults.WrongArgument(Wrong);
        }
    }
}
