using Mono.Cecil;

namespace Touchstage.Architecture.Tests.Reading;

/// <summary>The product's assemblies as they were built, down to the instructions, and assemblies of planted violations.</summary>
internal static class Assemblies
{
    private static readonly Lazy<DefaultAssemblyResolver> Resolver = new(() =>
    {
        var resolver = new DefaultAssemblyResolver();
        foreach (var folder in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(Path.GetDirectoryName).Distinct(StringComparer.Ordinal))
        {
            resolver.AddSearchDirectory(folder);
        }

        return resolver;
    });

    private static readonly Dictionary<string, AssemblyDefinition> Loaded = new(StringComparer.Ordinal);

    public static AssemblyDefinition Safety => Load("Touchstage.Safety");

    public static AssemblyDefinition StepTokens => Load("Touchstage.StepTokens");

    public static AssemblyDefinition VerifierKit => Load("Touchstage.StepTokens.AspNetCore");

    public static AssemblyDefinition Server => Load("touchstage");

    public static AssemblyDefinition Sample => Load("Storefront.Api");

    public static IReadOnlyList<AssemblyDefinition> OfSrc => [StepTokens, VerifierKit, Safety, Server];

    public static IReadOnlyList<AssemblyDefinition> OutsideOfTests => [.. OfSrc, Sample];

    /// <summary>Compiles a file of <c>Planted/</c> into an assembly of that name.</summary>
    public static AssemblyDefinition Planted(string file, string assemblyName = "Touchstage.Planted")
    {
        var source = Repository.Sources("tests/Touchstage.Architecture.Tests/Planted").Single(source => source.FileName == file + ".cs");
        var image = new MemoryStream();
        var emitted = Sources.Compile(assemblyName, source).Emit(image);
        if (!emitted.Success)
        {
            throw new InvalidOperationException($"Planted/{file}.cs must compile: {string.Join(Environment.NewLine, emitted.Diagnostics)}");
        }

        image.Position = 0;
        return AssemblyDefinition.ReadAssembly(image, new() { AssemblyResolver = Resolver.Value });
    }

    private static AssemblyDefinition Load(string name)
    {
        if (!Loaded.TryGetValue(name, out var assembly))
        {
            assembly = AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, name + ".dll"), new() { AssemblyResolver = Resolver.Value });
            Loaded.Add(name, assembly);
        }

        return assembly;
    }
}
