using System.Globalization;

namespace Touchstage.Mcp.Demo.Scenes;

/// <summary>The scenes in order. One that comes out otherwise is told and does not stop the others.</summary>
internal sealed class Story(Teller teller)
{
    private static readonly TimeSpan LongestScene = TimeSpan.FromSeconds(30);

    private static readonly IReadOnlyList<IScene> Scenes =
    [
        new TwoTenantsScene(), new AllowedScene(), new ApprovedScene(), new ModifiedScene(), new RejectedScene(), new QuorumScene(), new RoleScene(), new ForbiddenScene(),
        new VerifiedEmailScene(), new LimitScene(), new KeptApartScene(), new ProductAloneScene(), new RecordScene(),
    ];

    /// <summary>Plays them all.</summary>
    /// <returns>What came out otherwise, one line a scene; empty if nothing did.</returns>
    public async Task<IReadOnlyList<string>> TellAsync(Play play, CancellationToken cancellation)
    {
        var failures = new List<string>();
        for (var i = 0; i < Scenes.Count; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            teller.Heading($"{number}. {Scenes[i].Title}");
            teller.Paragraph(Scenes[i].Point);
            if (await PlayAsync(Scenes[i], play, cancellation) is { } failure)
            {
                failures.Add($"scene {number}, {Scenes[i].Title}: {failure}");
            }
        }

        return failures;
    }

    private async Task<string?> PlayAsync(IScene scene, Play play, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LongestScene);
        try
        {
            teller.Good(await scene.PlayAsync(play, patience.Token));
            return null;
        }
        catch (Exception otherwise) when (!cancellation.IsCancellationRequested)
        {
            var why = otherwise is SceneFailedException ? otherwise.Message : $"{otherwise.GetType().Name}: {otherwise.Message}";
            teller.Bad(why);
            return why;
        }
    }
}
