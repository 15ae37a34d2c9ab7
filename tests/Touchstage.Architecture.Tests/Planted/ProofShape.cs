using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Planted;

internal sealed class Sound
{
    private readonly string? token;
    private int spent;

    private Sound(string name, ImmutableArray<Page> pages, string? token)
    {
        Name = name;
        Pages = pages;
        this.token = token;
    }

    public string Name { get; }

    public ImmutableArray<Page> Pages { get; }

    public string? Length => token;

    public bool TrySpend() => Interlocked.Exchange(ref spent, 1) == 0;
}

internal sealed record Page(int Number, ImmutableSortedSet<string> Words);

internal sealed class Shelf
{
    public int Books { get; set; }
}

internal class Open
{
    private Open(string name) => Name = name;

    public string Name { get; }
}

internal sealed record Copied
{
    private Copied(string name) => Name = name;

    public string Name { get; }
}

internal readonly struct Value
{
    private Value(string name) => Name = name;

    public string Name { get; }
}

internal sealed class Public
{
    internal Public(string name) => Name = name;

    public string Name { get; }
}

internal sealed class Twice
{
    private Twice(string name) => Name = name;

    private Twice(int name) => Name = name.ToString();

    public string Name { get; }
}

internal sealed class Empty
{
    private Empty() => Name = "";

    public string Name { get; }
}

internal sealed class Settable
{
    private Settable(string name) => Name = name;

    public string Name { get; private set; }
}

internal sealed class Initialised
{
    private Initialised(string name) => Name = name;

    public string Name { get; init; }
}

internal sealed class Writable
{
    private string name;

    private Writable(string name) => this.name = name;

    public string Name => name;

    public void Rename(string other) => name = other;
}

internal sealed class Array
{
    private Array(string[] roles) => Roles = roles;

    public string[] Roles { get; }
}

internal sealed class Listing
{
    private Listing(List<string> roles) => Roles = roles;

    public List<string> Roles { get; }
}

internal sealed class Viewing
{
    private Viewing(IReadOnlyList<string> roles) => Roles = roles;

    public IReadOnlyList<string> Roles { get; }
}

internal sealed class Node
{
    private Node(JsonNode arguments) => Arguments = arguments;

    public JsonNode Arguments { get; }
}

internal sealed class Inside
{
    private Inside(Shelf shelf) => Shelf = shelf;

    public Shelf Shelf { get; }
}

internal sealed class Nested
{
    private Nested(ImmutableArray<string[]> roles) => Roles = roles;

    public ImmutableArray<string[]> Roles { get; }
}

internal sealed record Box(string[] Words);

internal sealed class Deep
{
    private Deep(Box box) => Box = box;

    public Box Box { get; }
}

internal sealed class Serialised
{
    [JsonConstructor]
    private Serialised(string name) => Name = name;

    public string Name { get; }
}
