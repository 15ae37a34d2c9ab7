namespace Touchstage.Mcp.Demo;

/// <summary>One scene of the story.</summary>
internal interface IScene
{
    /// <summary>What it is called.</summary>
    string Title { get; }

    /// <summary>What it shows, in a sentence or two before it begins.</summary>
    string Point { get; }

    /// <summary>Plays it on the real parts and holds it to what must come of it.</summary>
    /// <returns>What was shown, for the reader.</returns>
    /// <exception cref="SceneFailedException">It came out otherwise.</exception>
    Task<string> PlayAsync(Play play, CancellationToken cancellation);
}
