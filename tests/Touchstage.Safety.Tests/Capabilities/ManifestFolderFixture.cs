namespace Touchstage.Safety.Tests.Capabilities;

/// <summary>A folder of manifests that goes away with its test.</summary>
internal sealed class ManifestFolderFixture : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("touchstage-manifests-").FullName;

    public ManifestFolderFixture Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
