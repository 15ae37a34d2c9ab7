namespace Touchstage.Acceptance.Tests.Demo;

/// <summary>One run of <c>demo --once</c>, whose data folder is left to be searched.</summary>
public sealed class DemoOnce : IAsyncLifetime
{
    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "touchstage-acceptance-" + Path.GetRandomFileName());

    public Finished Run { get; private set; } = new(-1, "", "");

    public async Task InitializeAsync() => Run = await Executable.RunAsync("demo", "--once", "--keep", "--data", Folder);

    public Task DisposeAsync()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}
