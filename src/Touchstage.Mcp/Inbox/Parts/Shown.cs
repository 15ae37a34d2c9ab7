namespace Touchstage.Mcp.Inbox.Parts;

/// <summary>What a page shows, from the endpoint that found it out to the component that renders it. Set once in a request.</summary>
/// <typeparam name="T">The page's own record.</typeparam>
internal sealed class Shown<T> where T : class
{
    private T? value;

    /// <summary>What is shown.</summary>
    /// <exception cref="InvalidOperationException">A page is rendered without what it shows, or is given it twice.</exception>
    public T Value
    {
        get => value ?? throw new InvalidOperationException($"The page has no {typeof(T).Name} to show.");
        set => this.value = this.value is null ? value : throw new InvalidOperationException($"The page has a {typeof(T).Name} already.");
    }
}
